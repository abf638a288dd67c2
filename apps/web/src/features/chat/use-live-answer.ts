import { skipToken, useQueryClient } from '@tanstack/react-query';
import { useSubscription } from '@trpc/tanstack-react-query';
import { useState, useSyncExternalStore } from 'react';
import { trpc } from '../../trpc.ts';
import type { MessageView } from '../../views.ts';
import { useRecovery } from '../connection/use-recovery.ts';
import { type AnswerFeed, createAnswerFeed } from './answer-feed.ts';
import type { AnswerProgress } from './answer-progress.ts';
import { keepMessage } from './keep-message.ts';

const nothingToFollow = () => () => {};

/**
 * Follows the answer that is being written, from its first event, wherever it was started. Null when none is.
 * At its end the stored message replaces it in the conversation.
 */
export function useLiveAnswer(message: MessageView | undefined): AnswerProgress | null {
  const queryClient = useQueryClient();
  const running = message?.state === 'running' ? message : undefined;
  const feed = useFeed(running);

  const subscription = useSubscription(
    trpc.chat.events.subscriptionOptions(running === undefined ? skipToken : { messageId: running.id }, {
      onData: ({ id, data: event }) => {
        feed?.receive(Number(id), event);
        if (event.type === 'answer-end') {
          keepMessage(queryClient, event.message);
          void queryClient.invalidateQueries({ queryKey: trpc.conversations.list.queryKey() });
        }
      },
      onError: () => {
        // Perhaps it ended while nobody could tell us.
        void queryClient.invalidateQueries({ queryKey: trpc.conversations.get.queryKey() });
      },
    }),
  );
  useRecovery(subscription);

  return useSyncExternalStore(feed?.subscribe ?? nothingToFollow, () => feed?.current() ?? null);
}

/** One feed per answer, kept while the conversation around it is loaded anew. */
export function useFeed(running: MessageView | undefined): AnswerFeed | null {
  const [kept, keep] = useState<{ id: string; feed: AnswerFeed } | null>(null);
  if (running === undefined) {
    return null;
  }
  if (kept?.id === running.id) {
    return kept.feed;
  }
  const feed = createAnswerFeed(running);
  keep({ id: running.id, feed });
  return feed;
}
