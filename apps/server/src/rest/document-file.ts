import { documentId } from '@twin/api/fields';
import { readFile } from '@twin/core/documents/read-file';
import type { Handler } from 'hono';
import type { HttpEnv } from '../http/http-env.ts';
import type { ServerParts } from '../http/server-parts.ts';

/** `GET /api/documents/:id/file`: the original bytes, to be saved and never shown: nothing in them runs on this origin. */
export function documentFileEndpoint({ deps }: ServerParts): Handler<HttpEnv> {
  return async (c) => {
    const file = await readFile(deps, c.get('principal').scope, documentId.parse(c.req.param('id')));
    c.header('Content-Type', 'application/octet-stream');
    c.header('Content-Length', String(file.byteSize));
    c.header('Content-Disposition', attachmentNamed(file.fileName));
    c.header('Content-Security-Policy', "sandbox; default-src 'none'");
    return c.body(ReadableStream.from(file.content));
  };
}

/** RFC 6266 with RFC 5987: a plain name for old clients, the true one percent-encoded. */
function attachmentNamed(fileName: string): string {
  const plain = fileName.replaceAll(/[^\w .()-]/g, '_');
  const encoded = encodeURIComponent(fileName.toWellFormed()).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
