import { useMutation, useQueryClient } from '@tanstack/react-query';
import { notifyProblem } from '../../components/toaster.tsx';
import { trpc } from '../../trpc.ts';
import { keepDocuments } from './documents-query.ts';

/** Putting documents into collections and under tags. */
export function useOrganizing() {
  const queryClient = useQueryClient();
  const organize = useMutation(
    trpc.collections.organize.mutationOptions({
      onSuccess: async ({ documents }) => {
        keepDocuments(queryClient, documents);
        await queryClient.invalidateQueries({ queryKey: trpc.collections.list.queryKey() });
      },
      onError: (error) => notifyProblem('Nothing was changed', error),
    }),
  );
  return { organize };
}
