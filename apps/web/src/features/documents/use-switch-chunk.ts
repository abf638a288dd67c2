import { useMutation, useQueryClient } from '@tanstack/react-query';
import { notifyProblem } from '../../components/toaster.tsx';
import { trpc } from '../../trpc.ts';
import type { DocumentText } from '../../views.ts';

/** Switches passages of a document on and off: at once on the page, and back when the server refuses. */
export function useSwitchChunk({ documentId: id }: Pick<DocumentText, 'documentId'>) {
  const queryClient = useQueryClient();
  const show = (chunkId: number, enabled: boolean) => {
    queryClient.setQueriesData<DocumentText>(trpc.documents.text.queryFilter({ id }), (known) => {
      // Undefined leaves a text alone that does not hold it: one that is to be loaded anew still is.
      if (known?.chunks.some((chunk) => chunk.id === chunkId) !== true) return undefined;
      return { ...known, chunks: known.chunks.map((chunk) => (chunk.id === chunkId ? { ...chunk, enabled } : chunk)) };
    });
  };
  const mutation = useMutation(
    trpc.documents.switchChunk.mutationOptions({
      onError: (error, { chunkId, enabled }) => {
        show(chunkId, !enabled);
        notifyProblem('The passage could not be switched', error);
      },
      onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.twin.status.queryKey() }),
    }),
  );
  return (chunkId: number, enabled: boolean) => {
    show(chunkId, enabled);
    mutation.mutate({ id, chunkId, enabled });
  };
}
