import { deleteConversation } from '@twin/core/chat/delete-conversation';
import { getConversation } from '@twin/core/chat/get-conversation';
import { listConversations } from '@twin/core/chat/list-conversations';
import type { ConversationView } from '@twin/core/chat/message-view';
import { renameConversation } from '@twin/core/chat/rename-conversation';
import { z } from 'zod';
import { rowId, title } from '../fields.ts';
import { procedureFor } from '../procedure-for.ts';
import { t } from '../trpc.ts';
import type { ConversationWithMessages } from '../views.ts';

const byId = z.object({ id: rowId });

export const conversationsRouter = t.router({
  list: procedureFor('read')
    .input(z.object({}))
    .query(({ ctx }): Promise<ConversationView[]> => listConversations(ctx.deps, ctx.principal.scope)),

  get: procedureFor('read')
    .input(byId)
    .query(({ ctx, input }): Promise<ConversationWithMessages> => {
      return getConversation(ctx.deps, ctx.principal, input.id);
    }),

  rename: procedureFor('write')
    .input(byId.extend({ title }))
    .mutation(({ ctx, input }): Promise<ConversationView> => {
      return renameConversation(ctx.deps, ctx.principal.scope, input);
    }),

  delete: procedureFor('write')
    .input(byId)
    .mutation(async ({ ctx, input }): Promise<{ deleted: true }> => {
      await deleteConversation(ctx.deps, ctx.principal, input.id);
      return { deleted: true };
    }),
});
