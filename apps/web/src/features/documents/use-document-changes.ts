import { useMutation, useQueryClient } from '@tanstack/react-query';
import { notify, notifyProblem, notifyUndoable } from '../../components/toaster.tsx';
import { formatCount } from '../../format.ts';
import { trpc } from '../../trpc.ts';
import { documentLists, dropDocuments, keepDocuments, knownTitle } from './documents-query.ts';

/** What can be done to a document: delete, retry, unlock, cancel. Failures are told; the list then shows the truth again. */
export function useDocumentChanges() {
  const queryClient = useQueryClient();
  const listChanged = () => queryClient.invalidateQueries(documentLists);
  const statusChanged = () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: trpc.twin.status.queryKey() }),
      queryClient.invalidateQueries({ queryKey: trpc.collections.list.queryKey() }),
    ]);

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
  const retry = useMutation(
    trpc.documents.retry.mutationOptions({
      onSuccess: (document) => {
        keepDocuments(queryClient, [document]);
        return statusChanged();
      },
      onError: (error) => notifyProblem('The document could not be read again', error),
    }),
  );
  const unlock = useMutation(
    trpc.documents.unlock.mutationOptions({
      // The password is gone from memory with the form, not some minutes later.
      gcTime: 0,
      onSuccess: (document) => {
        keepDocuments(queryClient, [document]);
        return statusChanged();
      },
      onError: (error) => notifyProblem('The document could not be unlocked', error),
    }),
  );
  const cancel = useMutation(
    trpc.documents.cancel.mutationOptions({
      onSuccess: (document) => {
        keepDocuments(queryClient, [document]);
        return statusChanged();
      },
      onError: (error) => notifyProblem('Reading could not be canceled', error),
    }),
  );
  const retryAll = useMutation(
    trpc.documents.retryAll.mutationOptions({
      onSuccess: () => {
        void listChanged();
        return statusChanged();
      },
      onError: (error) => notifyProblem('The documents could not be read again', error),
    }),
  );
  const reindex = useMutation(
    trpc.documents.reindex.mutationOptions({
      onSuccess: ({ documents }) => {
        keepDocuments(queryClient, documents);
        notify(`Reading ${formatCount(documents.length, 'document')} again`);
        return statusChanged();
      },
      onError: (error) => notifyProblem('Nothing is read again', error),
    }),
  );
  const organize = useMutation(
    trpc.collections.organize.mutationOptions({
      onSuccess: async ({ documents }) => {
        keepDocuments(queryClient, documents);
        await queryClient.invalidateQueries({ queryKey: trpc.collections.list.queryKey() });
      },
      onError: (error) => notifyProblem('Nothing was changed', error),
    }),
  );
  return { remove, retry, unlock, cancel, retryAll, reindex, organize };
}
