import { skipToken, useQueryClient } from '@tanstack/react-query';
import { useSubscription } from '@trpc/tanstack-react-query';
import { useEffect, useRef, useState } from 'react';
import { trpc } from '../../trpc.ts';
import type { ChatEvent, MessageView } from '../../views.ts';
import { useRecovery } from '../connection/use-recovery.ts';
import { type AnswerProgress, applyEvent, startProgress } from './answer-progress.ts';
import { keepMessage } from './keep-message.ts';

/** Deltas are shown in flushes: often enough to read along, rarely enough to leave the page responsive. */
const flushMs = 50;

/**
 * Follows the answer that is being written, from its first event, wherever it was started. Null when none is.
 * At its end the stored message replaces it in the conversation.
 */
export function useLiveAnswer(message: MessageView | undefined): AnswerProgress | null {
  const queryClient = useQueryClient();
  const latest = useRef<AnswerProgress | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const [shown, setShown] = useState<AnswerProgress | null>(null);
  const running = message?.state === 'running' ? message : undefined;
  const runningId = running?.id;

  useEffect(() => {
    return () => {
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
      latest.current = null;
    };
  }, [runningId]);

  function receive(sequence: number, event: ChatEvent) {
    if (running === undefined) {
      return;
    }
    latest.current = applyEvent(latest.current ?? startProgress(running), sequence, event);
    if (event.type === 'answer-end') {
      keepMessage(queryClient, event.message);
      void queryClient.invalidateQueries({ queryKey: trpc.conversations.list.queryKey() });
    }
    timer.current ??= setTimeout(() => {
      timer.current = null;
      setShown(latest.current);
    }, flushMs);
  }

  const subscription = useSubscription(
    trpc.chat.events.subscriptionOptions(runningId === undefined ? skipToken : { messageId: runningId }, {
      onData: ({ id, data }) => receive(Number(id), data),
      onError: () => {
        // Perhaps it ended while nobody could tell us.
        void queryClient.invalidateQueries({ queryKey: trpc.conversations.get.queryKey() });
      },
    }),
  );
  useRecovery(subscription);

  if (running === undefined) {
    return null;
  }
  return shown?.message.id === running.id ? shown : startProgress(running);
}
