import { nonEmptyText } from '@twin/api/fields';
import { AppError } from '@twin/core/app-error';
import { openShareLink } from '@twin/core/visitors/share-links';
import type { Handler } from 'hono';
import { z } from 'zod';
import { installationScope } from '../auth/authenticate.ts';
import type { Visitors } from '../auth/visitors.ts';
import type { HttpEnv } from '../http/http-env.ts';
import type { ServerParts } from '../http/server-parts.ts';
import { readJson } from './read-json.ts';

export const visitBody = z.object({ token: nonEmptyText(100) });

/**
 * Gives whoever has a link's token the cookie of a visitor. The token comes in the body: the page that sends it has it from
 * its address's fragment, which no browser sends, so that no log and no other site ever sees it.
 */
export function visitEndpoint(parts: ServerParts, visitors: Visitors): Handler<HttpEnv> {
  return async (c) => {
    // Not counted as a call that proves nothing: this is where a proof is got, behind a limit of its own.
    const principal = await parts.access.authenticate(c.req.raw);
    if (principal !== null && principal.kind !== 'visitor') {
      const message =
        'You are the owner. To see what visitors see, open the link in a private window or another browser.';
      throw new AppError('forbidden', message, { reason: 'owner' });
    }
    const { token } = await readJson(c, visitBody);
    const linkId = await openShareLink(parts.deps, installationScope, token);
    c.header('Set-Cookie', visitors.admit(c.req.raw, linkId));
    return c.json({ success: true });
  };
}

/** Takes a visitor's cookie back, whatever it was worth: whoever uses this browser next is somebody else. */
export function leaveEndpoint(visitors: Visitors): Handler<HttpEnv> {
  return (c) => {
    c.header('Set-Cookie', visitors.leave());
    return c.json({ success: true });
  };
}
