import { documentId, pageNumber } from '@twin/api/fields';
import { findOriginalPage } from '@twin/core/documents/pages/show-page';
import type { Handler } from 'hono';
import { z } from 'zod';
import type { HttpEnv } from '../http/http-env.ts';
import type { ServerParts } from '../http/server-parts.ts';

export const pageQuery = z.object({
  version: z.coerce.number().pipe(z.int().positive()).describe('Left out: the one that answers now.').exactOptional(),
});

/** Raised when pages are drawn in another way: what a program keeps is then asked for anew. */
const DRAWING = 1;

/**
 * `GET /api/documents/:id/pages/:page`: one page of the original as a picture. Nothing of the file itself is passed on, and no
 * browser keeps it: signing out leaves no page behind.
 */
export function documentPageEndpoint({ deps }: ServerParts): Handler<HttpEnv> {
  return async (c) => {
    const { version } = pageQuery.parse(c.req.query());
    const page = z.coerce.number().pipe(pageNumber).parse(c.req.param('page'));
    const id = documentId.parse(c.req.param('id'));
    const asked = { documentId: id, page, ...(version !== undefined && { versionId: version }) };
    const { scope } = c.get('principal');
    const original = await findOriginalPage(deps, scope, asked);
    const tag = `"${original.tag}-d${DRAWING}"`;
    if (c.req.header('if-none-match') === tag) return c.body(null, 304, { ETag: tag });
    const picture = await original.draw(c.req.raw.signal);
    // Not before there is one: errors would carry it.
    c.header('ETag', tag);
    c.header('Content-Type', 'image/webp');
    c.header('Content-Length', String(picture.byteLength));
    c.header('Content-Security-Policy', "sandbox; default-src 'none'");
    return c.body(Uint8Array.from(picture));
  };
}
