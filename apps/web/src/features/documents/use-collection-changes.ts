import { useMutation, useQueryClient } from '@tanstack/react-query';
import { notifyProblem } from '../../components/toaster.tsx';
import { trpc } from '../../trpc.ts';
import { documentLists } from './documents-query.ts';

/** What can be done with collections themselves. */
export function useCollectionChanges() {
  const queryClient = useQueryClient();
  const changed = () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: trpc.collections.list.queryKey() }),
      queryClient.invalidateQueries(documentLists),
    ]);
  const create = useMutation(
    trpc.collections.create.mutationOptions({
      onSuccess: changed,
      onError: (error) => notifyProblem('The collection could not be made', error),
    }),
  );
  const rename = useMutation(
    trpc.collections.rename.mutationOptions({
      onSuccess: changed,
      onError: (error) => notifyProblem('The collection could not be renamed', error),
    }),
  );
  const remove = useMutation(
    trpc.collections.delete.mutationOptions({
      onSuccess: changed,
      onError: (error) => notifyProblem('The collection could not be deleted', error),
    }),
  );
  return { create, rename, remove };
}
