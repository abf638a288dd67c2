import { type TrackedEnvelope, tracked } from '@trpc/server';
import type { ChatEvent } from '@twin/core/chat/chat-event';
import { type CheckedCitation, checkCitation } from '@twin/core/chat/check-citation';
import { type StartedTurn, startTurn } from '@twin/core/chat/start-turn';
import { stopTurn } from '@twin/core/chat/stop-turn';
import { watchTurn } from '@twin/core/chat/watch-turn';
import { z } from 'zod';
import { askedScope, lastEventId, question, rowId } from '../fields.ts';
import { procedureFor } from '../procedure-for.ts';
import { t } from '../trpc.ts';

export const chatRouter = t.router({
  /** Starts an answer that no connection owns; `events` follows it. */
  send: procedureFor('chat')
    .input(z.object({ conversationId: rowId.exactOptional(), text: question, scope: askedScope.exactOptional() }))
    .mutation(({ ctx, input }): Promise<StartedTurn> => startTurn(ctx.deps, ctx.turns, ctx.principal, input)),

  /** Replays the answer's events after `lastEventId`, then follows it to its end. */
  events: procedureFor('read')
    .input(z.object({ messageId: rowId, lastEventId: lastEventId.nullish() }))
    .subscription(async function* ({ ctx, input, signal }): AsyncGenerator<TrackedEnvelope<ChatEvent>> {
      const from = { messageId: input.messageId, afterSequence: Number(input.lastEventId ?? 0) };
      const watched = signal ?? new AbortController().signal;
      for await (const { sequence, event } of watchTurn(ctx.deps, ctx.principal, from, watched)) {
        yield tracked(String(sequence), event);
      }
    }),

  /** Whether a document still says what an answer cites it for. */
  checkCitation: procedureFor('read')
    .input(z.object({ messageId: rowId, number: z.int().positive() }))
    .query(({ ctx, input }): Promise<CheckedCitation> => checkCitation(ctx.deps, ctx.principal.scope, input)),

  stop: procedureFor('write')
    .input(z.object({ messageId: rowId }))
    .mutation(async ({ ctx, input }): Promise<{ stopped: boolean }> => {
      return { stopped: await stopTurn(ctx.deps, ctx.turns, ctx.principal, input.messageId) };
    }),
});
