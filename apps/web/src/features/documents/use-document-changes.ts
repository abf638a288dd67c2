import { useMutation, useQueryClient } from '@tanstack/react-query';
import { notify, notifyProblem } from '../../components/toaster.tsx';
import { trpc } from '../../trpc.ts';
import { changeDocuments, documentsQuery, keepDocuments } from './documents-query.ts';

/** What can be done to a document: delete, retry, cancel. Failures are told; the list then shows the truth again. */
export function useDocumentChanges() {
  const queryClient = useQueryClient();
  const statusChanged = () => queryClient.invalidateQueries({ queryKey: trpc.twin.status.queryKey() });

  const remove = useMutation(
    trpc.documents.delete.mutationOptions({
      onSuccess: (_result, { id }) => {
        changeDocuments(queryClient, (documents) => documents.filter((document) => document.id !== id));
        queryClient.removeQueries({ queryKey: trpc.documents.get.queryKey({ id }) });
        notify('Document deleted');
        return statusChanged();
      },
      onError: (error) => {
        notifyProblem('The document could not be deleted', error);
        return queryClient.invalidateQueries({ queryKey: documentsQuery.queryKey });
      },
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
        void queryClient.invalidateQueries({ queryKey: documentsQuery.queryKey });
        return statusChanged();
      },
      onError: (error) => notifyProblem('The documents could not be read again', error),
    }),
  );
  return { remove, retry, cancel, retryAll };
}
