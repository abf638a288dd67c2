import { useMutation, useQueryClient } from '@tanstack/react-query';
import { notifyOffer, notifyProblem } from '../../components/toaster.tsx';
import { trpc } from '../../trpc.ts';
import { keepDocuments } from './documents-query.ts';
import { useReadings } from './use-readings.ts';

const offeredSeconds = 12;

/** Calls a document something else. One that answers already is found by its name before until it is read again: that is offered. */
export function useRenaming() {
  const queryClient = useQueryClient();
  const { reindex } = useReadings();
  return useMutation(
    trpc.documents.rename.mutationOptions({
      onSuccess: (document) => {
        keepDocuments(queryClient, [document]);
        if (document.ingestion.stage !== 'ready') return;
        notifyOffer({
          title: 'Renamed. Still found by its old name',
          seconds: offeredSeconds,
          action: 'Read again',
          onAction: () => reindex.mutate({ ids: [document.id] }),
        });
      },
      onError: (error) => notifyProblem('The document could not be renamed', error),
    }),
  );
}
