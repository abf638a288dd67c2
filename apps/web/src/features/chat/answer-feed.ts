import type { ChatEvent, MessageView } from '../../views.ts';
import { type AnswerProgress, applyEvent, startProgress } from './answer-progress.ts';

/** Deltas are shown in flushes: often enough to read along, rarely enough to leave the page responsive. */
const flushMs = 50;

/** Collects the events of one answer and shows where it stands, at most every 50 ms. */
export interface AnswerFeed {
  receive: (sequence: number, event: ChatEvent) => void;
  subscribe: (listener: () => void) => () => void;
  current: () => AnswerProgress;
}

export function createAnswerFeed(message: MessageView): AnswerFeed {
  let latest = startProgress(message);
  let shown = latest;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const listeners = new Set<() => void>();

  function flush() {
    timer = null;
    shown = latest;
    for (const listener of listeners) listener();
  }

  return {
    receive(sequence, event) {
      latest = applyEvent(latest, sequence, event);
      timer ??= setTimeout(flush, flushMs);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    current: () => shown,
  };
}
