import { nonEmptyText } from '@twin/api/fields';
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
export function visitEndpoint({ deps }: ServerParts, visitors: Visitors): Handler<HttpEnv> {
  return async (c) => {
    const { token } = await readJson(c, visitBody);
    const linkId = await openShareLink(deps, installationScope, token);
    c.header('Set-Cookie', visitors.admit(c.req.raw, linkId));
    return c.json({ success: true });
  };
}
