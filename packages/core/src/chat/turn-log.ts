import { setTimeout as sleep } from 'node:timers/promises';
import { appendTurnEvents } from '@twin/db/queries/turn-events';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { persist } from '../persist.ts';
import type { AnswerEvent } from './answer-event.ts';

export interface TurnLog {
  /** Takes an event at once; it is in the database within a moment. */
  add(event: AnswerEvent): void;
  /** Resolves when everything added so far is in the database, or the answer turned out to be over. */
  flush(): Promise<void>;
}

/** Word-sized pieces for the reader, at most twenty writes a second for the database. */
const appendIntervalMs = 50;

/**
 * Appends the events of a running answer to its log, in small batches with neighbouring text joined, and announces
 * them. Each batch is one statement: between batches no connection is held. A database that is away for some seconds
 * delays the log and loses nothing.
 *
 * @param onLost called once when the answer is no longer ours to write: ended elsewhere, deleted, or the database gone.
 */
export function createTurnLog(deps: Deps, scope: TwinScope, messageId: string, onLost: () => void): TurnLog {
  let waiting: AnswerEvent[] = [];
  let sequence = 0;
  let lost = false;
  let appending: Promise<void> | undefined;

  async function append(batch: readonly AnswerEvent[]): Promise<void> {
    const rows = batch.map((event, index) => ({ sequence: sequence + index + 1, event }));
    const append = () => appendTurnEvents(deps.db, scope, messageId, rows);
    const isOurs = await persist(deps, { messageId }, append).catch(() => false);
    if (!isOurs) return lose();
    sequence += rows.length;
    for (const row of rows) deps.announcements.publish(`turn:${messageId}`, row);
  }

  function lose(): void {
    lost = true;
    waiting = [];
    onLost();
  }

  /** Nothing is awaited between the last look at what waits and the end, so no event is left behind. */
  async function appendAllWaiting(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      await append(batch);
      await sleep(appendIntervalMs);
    }
    appending = undefined;
  }

  return {
    add(event) {
      if (lost) return;
      const last = waiting.at(-1);
      if (event.type === 'text-delta' && last?.type === 'text-delta') {
        waiting[waiting.length - 1] = { type: 'text-delta', text: last.text + event.text };
      } else waiting.push(event);
      appending ??= appendAllWaiting();
    },
    async flush() {
      await appending;
    },
  };
}
