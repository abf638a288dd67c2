import { useMutation, useQueryClient } from '@tanstack/react-query';
import { notifyProblem } from '../../components/toaster.tsx';
import { formatCount } from '../../format.ts';
import { trpc } from '../../trpc.ts';
import { dropDocuments, knownTitle } from './documents-query.ts';
import { useRefetch } from './use-refetch.ts';
import { useUndo } from './use-undo.ts';

/** Deleting documents, which can be undone for some seconds. */
export function useDeletion() {
  const queryClient = useQueryClient();
  const { listChanged, statusChanged } = useRefetch();
  const undo = useUndo();
  const remove = useMutation(
    trpc.documents.delete.mutationOptions({
      onMutate: ({ ids: [first, ...others], ids }) => {
        const title = first === undefined || others.length > 0 ? undefined : knownTitle(queryClient, first);
        dropDocuments(queryClient, ids);
        return title === undefined ? formatCount(ids.length, 'document') : `“${title}”`;
      },
      onSuccess: ({ ids, undoSeconds }, _input, what) => {
        for (const id of ids) queryClient.removeQueries({ queryKey: trpc.documents.get.queryKey({ id }) });
        undo.offer({ ids, what, until: Date.now() + undoSeconds * 1_000 });
        return statusChanged();
      },
      onError: (error) => {
        notifyProblem('Nothing was deleted', error);
        return listChanged();
      },
    }),
  );
  return { remove };
}
