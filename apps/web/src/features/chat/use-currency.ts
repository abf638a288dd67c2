import { useQuery } from '@tanstack/react-query';
import { trpc } from '../../trpc.ts';

/** In which the twin's answers cost. Asked for once, where there is a cost to show: a transcript has many answers. */
export function useCurrency(isNeeded: boolean): string | null | undefined {
  const select = ({ currency }: { currency: string | null }) => currency;
  return useQuery(trpc.twin.status.queryOptions(undefined, { enabled: isNeeded, staleTime: Infinity, select })).data;
}
