import { documentId, documentState, pageSize, rowId, tag, text } from '@twin/api/fields';
import { deleteDocuments } from '@twin/core/documents/delete-documents';
import { getDocument } from '@twin/core/documents/get-document';
import { listDocuments } from '@twin/core/documents/list-documents';
import { limits } from '@twin/core/limits';
import type { Handler } from 'hono';
import { z } from 'zod';
import type { HttpEnv } from '../http/http-env.ts';
import type { ServerParts } from '../http/server-parts.ts';

export const documentsQuery = z.object({
  limit: z.coerce.number().pipe(pageSize).default(50),
  cursor: text(2_000).exactOptional(),
  state: documentState.exactOptional(),
  text: text(limits.titleCharactersMax).exactOptional(),
  collectionId: rowId.exactOptional(),
  tag: z
    .array(tag)
    .max(limits.tagsAtOnceMax)
    .describe('Once for each tag; documents bear all of them.')
    .exactOptional(),
});

/** `GET /api/documents`: the library, a page at a time. */
export function documentsEndpoint({ deps }: ServerParts): Handler<HttpEnv> {
  return async (c) => {
    const tags = c.req.queries('tag');
    const query = documentsQuery.parse({ ...c.req.query(), ...(tags && { tag: tags }) });
    const { limit, cursor, tag: every, ...others } = query;
    const filter = every === undefined ? others : { ...others, tags: every };
    const page = cursor === undefined ? { limit, filter } : { limit, filter, cursor };
    return c.json(await listDocuments(deps, c.get('principal').scope, page));
  };
}

/** `GET /api/documents/:id`: what a program asks until its upload is ready. */
export function documentEndpoint({ deps }: ServerParts): Handler<HttpEnv> {
  return async (c) => {
    const id = documentId.parse(c.req.param('id'));
    return c.json({ document: await getDocument(deps, c.get('principal').scope, id) });
  };
}

/** `DELETE /api/documents/:id` */
export function deleteDocumentEndpoint({ deps }: ServerParts): Handler<HttpEnv> {
  return async (c) => {
    const id = documentId.parse(c.req.param('id'));
    return c.json(await deleteDocuments(deps, c.get('principal').scope, [id]));
  };
}
