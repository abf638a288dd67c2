import { useQuery } from '@tanstack/react-query';
import { trpc } from './trpc.ts';

const whileReadingMs = 1_000;
const otherwiseMs = 30_000;

/** The twin as a whole: its library, its models, its limits. Followed closely while documents are being read. */
export function useTwinStatus() {
  return useQuery(
    trpc.twin.status.queryOptions(undefined, {
      refetchInterval: ({ state }) => ((state.data?.documents.inProgress ?? 0) > 0 ? whileReadingMs : otherwiseMs),
    }),
  );
}
