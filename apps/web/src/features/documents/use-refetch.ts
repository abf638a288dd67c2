import { useQueryClient } from '@tanstack/react-query';
import { trpc } from '../../trpc.ts';
import { documentLists } from './documents-query.ts';

/** Asks the server again for what a change to documents shows in: the list of them, or the numbers around it. */
export function useRefetch() {
  const queryClient = useQueryClient();
  return {
    listChanged: () => queryClient.invalidateQueries(documentLists),
    statusChanged: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: trpc.twin.status.queryKey() }),
        queryClient.invalidateQueries({ queryKey: trpc.collections.list.queryKey() }),
      ]),
  };
}
