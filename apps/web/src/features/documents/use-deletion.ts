import { useMutation, useQueryClient } from '@tanstack/react-query';
import { notify, notifyProblem, notifyUndoable } from '../../components/toaster.tsx';
import { formatCount } from '../../format.ts';
import { trpc } from '../../trpc.ts';
import { dropDocuments, knownTitle } from './documents-query.ts';
import { useRefetch } from './use-refetch.ts';

/** Deleting documents, which can be undone for some seconds. */
export function useDeletion() {
  const queryClient = useQueryClient();
  const { listChanged, statusChanged } = useRefetch();
  const remove = useMutation(
    trpc.documents.delete.mutationOptions({
      onMutate: ({ ids: [first, ...others], ids }) => {
        const title = first === undefined || others.length > 0 ? undefined : knownTitle(queryClient, first);
        dropDocuments(queryClient, ids);
        return title === undefined ? formatCount(ids.length, 'document') : `“${title}”`;
      },
      onSuccess: ({ ids, undoSeconds }, _input, what) => {
        for (const id of ids) queryClient.removeQueries({ queryKey: trpc.documents.get.queryKey({ id }) });
        notifyUndoable(`${what} deleted`, {
          seconds: undoSeconds,
          onUndo: () => restore.mutate({ ids }),
        });
        return statusChanged();
      },
      onError: (error) => {
        notifyProblem('Nothing was deleted', error);
        return listChanged();
      },
    }),
  );
  const restore = useMutation(
    trpc.documents.restore.mutationOptions({
      onSuccess: async ({ documents }) => {
        notify(documents.length === 1 ? 'Document is back' : `${formatCount(documents.length, 'document')} are back`);
        await Promise.all([listChanged(), statusChanged()]);
      },
      onError: (error) => notifyProblem('It could not be undone', error),
    }),
  );
  return { remove };
}
