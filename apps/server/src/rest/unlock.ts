import { documentId, filePassword } from '@twin/api/fields';
import { unlockDocument } from '@twin/core/documents/unlock-document';
import type { Handler } from 'hono';
import { z } from 'zod';
import type { HttpEnv } from '../http/http-env.ts';
import type { ServerParts } from '../http/server-parts.ts';
import { readJson } from './read-json.ts';

export const unlockBody = z.object({ password: filePassword });

/** `POST /api/documents/:id/unlock`: reads a locked file with its password, which is kept nowhere. */
export function unlockEndpoint({ deps }: ServerParts): Handler<HttpEnv> {
  return async (c) => {
    const id = documentId.parse(c.req.param('id'));
    const { password } = await readJson(c, unlockBody);
    return c.json({ document: await unlockDocument(deps, c.get('principal').scope, { id, password }) }, 202);
  };
}
