import { AppError } from '@twin/core/app-error';
import { createShareLink, listShareLinks, revokeShareLink, type ShareLinksView } from '@twin/core/visitors/share-links';
import { z } from 'zod';
import { pointInTime, rowId, shareLinkName } from '../fields.ts';
import { procedureFor } from '../procedure-for.ts';
import { t } from '../trpc.ts';

/** Only the owner's: whoever makes a link lets strangers in. */
export const shareLinksRouter = t.router({
  list: procedureFor('read', ['owner']).query(({ ctx }): Promise<ShareLinksView> => {
    return listShareLinks(ctx.deps, ctx.principal.scope);
  }),

  /** The token is answered this once. */
  create: procedureFor('write', ['owner'])
    .input(z.object({ name: shareLinkName, expiresAt: pointInTime.nullable() }))
    .mutation(({ ctx, input }): Promise<{ id: string; token: string }> => {
      if (ctx.installation.access === 'local') throw onlyThisComputer();
      return createShareLink(ctx.deps, ctx.principal.scope, input);
    }),

  revoke: procedureFor('write', ['owner'])
    .input(z.object({ id: rowId }))
    .mutation(async ({ ctx, input }): Promise<{ revoked: true }> => {
      await revokeShareLink(ctx.deps, ctx.principal.scope, input.id);
      return { revoked: true };
    }),
});

function onlyThisComputer(): AppError {
  const message =
    'Only this computer can reach this twin, so a link would work for nobody. Set HOST and PUBLIC_URL first.';
  return new AppError('conflict', message, { reason: 'local-access' });
}
