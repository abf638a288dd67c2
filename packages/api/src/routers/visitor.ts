import { type TrackedEnvelope, tracked } from '@trpc/server';
import { deleteConversation } from '@twin/core/chat/delete-conversation';
import { stopTurn } from '@twin/core/chat/stop-turn';
import { getPublicFace, type PublicFace } from '@twin/core/visitors/public-face';
import {
  askAsVisitor,
  forgetVisitor,
  getAsVisitor,
  listAsVisitor,
  watchAsVisitor,
} from '@twin/core/visitors/visitor-chat';
import type { VisitorConversation, VisitorEvent, VisitorStartedTurn } from '@twin/core/visitors/visitor-view';
import { z } from 'zod';
import { lastEventId, question, rowId } from '../fields.ts';
import { t } from '../trpc.ts';
import type { VisitorConversationWithMessages } from '../views.ts';
import { visitorProcedure } from '../visitor-procedure.ts';

const byId = z.object({ id: rowId });

/** All that a visitor may do. A test holds the list, and what it answers. */
export const visitorRouter = t.router({
  twin: visitorProcedure('public-read').query(({ ctx }): Promise<PublicFace> => {
    return getPublicFace(ctx.deps, ctx.principal.scope);
  }),

  /** Starts an answer that no connection owns; `events` follows it. */
  send: visitorProcedure('public-chat')
    .input(z.object({ conversationId: rowId.exactOptional(), text: question }))
    .mutation(({ ctx, input }): Promise<VisitorStartedTurn> => askAsVisitor(ctx.deps, ctx.turns, ctx.principal, input)),

  /** Replays the answer's events after `lastEventId`, then follows it to its end. */
  events: visitorProcedure('public-read')
    .input(z.object({ messageId: rowId, lastEventId: lastEventId.nullish() }))
    .subscription(async function* ({ ctx, input, signal }): AsyncGenerator<TrackedEnvelope<VisitorEvent>> {
      const from = { messageId: input.messageId, afterSequence: Number(input.lastEventId ?? 0) };
      const watched = signal ?? new AbortController().signal;
      if (watched.aborted) return;
      const leave = ctx.deps.watchPlaces.take(ctx.principal.visitorId, ctx.address);
      // Also where nobody comes back for what is left of this.
      watched.addEventListener('abort', leave, { once: true });
      try {
        for await (const { sequence, event } of watchAsVisitor(ctx.deps, ctx.principal, from, watched)) {
          yield tracked(String(sequence), event);
        }
      } finally {
        leave();
      }
    }),

  stop: visitorProcedure('public-write')
    .input(z.object({ messageId: rowId }))
    .mutation(async ({ ctx, input }): Promise<{ stopped: boolean }> => {
      return { stopped: await stopTurn(ctx.deps, ctx.turns, ctx.principal, input.messageId) };
    }),

  conversations: visitorProcedure('public-read').query(({ ctx }): Promise<VisitorConversation[]> => {
    return listAsVisitor(ctx.deps, ctx.principal);
  }),

  conversation: visitorProcedure('public-read')
    .input(byId)
    .query(({ ctx, input }): Promise<VisitorConversationWithMessages> => {
      return getAsVisitor(ctx.deps, ctx.principal, input.id);
    }),

  deleteConversation: visitorProcedure('public-write')
    .input(byId)
    .mutation(async ({ ctx, input }): Promise<{ deleted: true }> => {
      await deleteConversation(ctx.deps, ctx.principal, input.id);
      return { deleted: true };
    }),

  /** All that is kept of this visitor. */
  deleteEverything: visitorProcedure('public-write').mutation(async ({ ctx }): Promise<{ deleted: number }> => {
    return { deleted: await forgetVisitor(ctx.deps, ctx.principal) };
  }),
});
