import { useMutation, useQueryClient } from '@tanstack/react-query';
import { notify, notifyProblem } from '../../components/toaster.tsx';
import { formatCount } from '../../format.ts';
import { trpc } from '../../trpc.ts';
import type { DocumentView } from '../../views.ts';
import { keepDocuments } from './documents-query.ts';
import { useRefetch } from './use-refetch.ts';

/** What sets the reading of documents going again, or ends it. */
export function useReadings() {
  const queryClient = useQueryClient();
  const { listChanged, statusChanged } = useRefetch();
  const onSuccess = (document: DocumentView) => {
    keepDocuments(queryClient, [document]);
    return statusChanged();
  };
  const retry = useMutation(
    trpc.documents.retry.mutationOptions({
      onSuccess,
      onError: (error) => notifyProblem('The document could not be read again', error),
    }),
  );
  const unlock = useMutation(
    trpc.documents.unlock.mutationOptions({
      // The password is gone from memory with the form, not some minutes later.
      gcTime: 0,
      onSuccess,
      onError: (error) => notifyProblem('The document could not be unlocked', error),
    }),
  );
  const cancel = useMutation(
    trpc.documents.cancel.mutationOptions({
      onSuccess,
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
  return { retry, unlock, cancel, retryAll, reindex };
}
