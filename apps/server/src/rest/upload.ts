import { documentId, nonEmptyText, text, title } from '@twin/api/fields';
import { AppError } from '@twin/core/app-error';
import { declaredMediaType } from '@twin/core/documents/media-type';
import { receiveUpload } from '@twin/core/documents/receive-upload';
import { limits } from '@twin/core/limits';
import type { Handler } from 'hono';
import { z } from 'zod';
import type { HttpEnv } from '../http/http-env.ts';
import type { ServerParts } from '../http/server-parts.ts';
import { freeAsRead } from './free-as-read.ts';
import { idleMsMax, untilIdle } from './until-idle.ts';

export const uploadQuery = z.object({
  fileName: nonEmptyText(limits.fileNameCharactersMax),
  folder: text(limits.folderCharactersMax).exactOptional(),
  id: documentId.exactOptional(),
  title: title.exactOptional(),
});

/** `PUT /api/uploads?fileName=…`: the raw bytes of one file, written to the database as they arrive. */
export function uploadEndpoint({ deps }: Pick<ServerParts, 'deps'>, msMax = idleMsMax): Handler<HttpEnv> {
  return async (c) => {
    const { id, ...file } = uploadQuery.parse(c.req.query());
    if (Number(c.req.header('content-length') ?? 0) > limits.uploadBytesMax) {
      const megabytes = limits.uploadBytesMax / 1024 / 1024;
      throw new AppError(
        'too-large',
        `"${file.fileName}" is larger than ${megabytes} MB. Split it and upload the parts.`,
      );
    }
    const { scope, label } = c.get('principal');
    const result = await receiveUpload(deps, scope, {
      ...file,
      ...(id === undefined ? {} : { documentId: id }),
      mediaType: declaredMediaType(c.req.header('content-type')),
      // Node's own stream: it waits for the database, and it fails when the client goes away. Kept open where reading ends
      // early, or the client would see its connection break instead of the reason.
      content: untilIdle(freeAsRead(c.env.incoming.iterator({ destroyOnReturn: false })), {
        fileName: file.fileName,
        msMax,
        // Nothing else can follow on this connection.
        onIdle: () => c.header('Connection', 'close'),
      }),
      origin: 'upload',
      userLabel: label,
    });
    return c.json(result, result.outcome === 'duplicate' ? 200 : 201);
  };
}
