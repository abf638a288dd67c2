import { documentId, text, title } from '@twin/api/fields';
import { ingestDocuments } from '@twin/core/documents/ingest-documents';
import { waitForIngestion } from '@twin/core/documents/wait-for-ingestion';
import { limits } from '@twin/core/limits';
import type { Handler } from 'hono';
import { z } from 'zod';
import type { HttpEnv } from '../http/http-env.ts';
import type { ServerParts } from '../http/server-parts.ts';
import { readJson } from './read-json.ts';

const body = z.object({
  documents: z
    .array(
      z.object({
        id: documentId,
        content: text(limits.ingestContentCharactersMax),
        title: title.exactOptional(),
        metadata: z.record(z.string(), z.json()).exactOptional(),
      }),
    )
    .min(1)
    .max(limits.ingestDocumentsMax),
});

/** After this the answer is 202 and ingestion goes on. */
const waitMsMax = 30_000;

/** `POST /api/ingest`: takes texts in, and answers when they can be asked about. */
export function ingestEndpoint({ deps }: ServerParts): Handler<HttpEnv> {
  return async (c) => {
    const { documents } = await readJson(c, body);
    const principal = c.get('principal');
    const taken = await ingestDocuments(deps, principal, { documents, userLabel: principal.label });
    const versionIds = taken.documents.map(({ versionId }) => versionId);
    const settled = await waitForIngestion(deps, principal.scope, versionIds, { timeoutMs: waitMsMax });
    return c.json({ success: true, ingestionId: taken.ingestionId, settled });
  };
}
