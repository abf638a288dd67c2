import { skipToken, useQueryClient } from '@tanstack/react-query';
import { useSubscription } from '@trpc/tanstack-react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { trpc } from '../../trpc.ts';
import { useRecovery } from '../connection/use-recovery.ts';
import { dropDocuments, keepDocuments, renewStatus } from './documents-query.ts';
import { isWorking } from './ingestion-words.ts';
import { onArrival } from './upload-queue.ts';

function followVisibility(listener: () => void) {
  document.addEventListener('visibilitychange', listener);
  return () => document.removeEventListener('visibilitychange', listener);
}

/**
 * Keeps the documents the page knows in step with their ingestion. Only in the visible tab: a browser opens six
 * connections to a server, and each tab that watches holds one.
 */
export function useWatchedDocuments(): void {
  const queryClient = useQueryClient();
  const visible = useSyncExternalStore(followVisibility, () => document.visibilityState === 'visible');

  const subscription = useSubscription(
    trpc.documents.watch.subscriptionOptions(visible ? {} : skipToken, {
      onData: ({ changed, removedIds }) => {
        keepDocuments(queryClient, changed);
        dropDocuments(queryClient, removedIds);
        // A page that is open on one of them then says so.
        for (const id of removedIds) {
          void queryClient.invalidateQueries({ queryKey: trpc.documents.get.queryKey({ id }) });
        }
        if (removedIds.length > 0 || changed.some((each) => !isWorking(each))) {
          renewStatus(queryClient);
        }
      },
    }),
  );
  useRecovery(subscription);

  useEffect(() => {
    return onArrival(({ document }) => {
      keepDocuments(queryClient, [document]);
      renewStatus(queryClient);
    });
  }, [queryClient]);
}
