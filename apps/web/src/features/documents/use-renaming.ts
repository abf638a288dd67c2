import { useMutation, useQueryClient } from '@tanstack/react-query';
import { notifyProblem } from '../../components/toaster.tsx';
import { trpc } from '../../trpc.ts';
import { keepDocuments } from './documents-query.ts';

/** Calls a document something else. */
export function useRenaming() {
  const queryClient = useQueryClient();
  return useMutation(
    trpc.documents.rename.mutationOptions({
      onSuccess: (document) => keepDocuments(queryClient, [document]),
      onError: (error) => notifyProblem('The document could not be renamed', error),
    }),
  );
}
