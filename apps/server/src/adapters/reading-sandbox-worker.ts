import { parseDocument } from '@twin/core/documents/parse-document';
import type { ReadProgress } from '@twin/core/ports';
import type { ReadRequest } from './reading-sandbox-protocol.ts';
import { answerWith, receiveFile, send } from './sandbox-pipe.ts';

// The sandbox: a process of its own that reads one file from its standard input and ends.

/** Progress is for people: no more often than they can follow. */
const PROGRESS_MS_MIN = 100;

await answerWith(async () => {
  const {
    request: { inParts, ...request },
    bytes,
  } = await receiveFile<ReadRequest>();
  let lastProgressAt = 0;
  return await parseDocument({
    ...request,
    bytes,
    onProgress: (progress) => {
      const now = performance.now();
      if (now - lastProgressAt < PROGRESS_MS_MIN && !isEdge(progress)) return;
      lastProgressAt = now;
      void send({ type: 'progress', progress });
    },
    // Written to a pipe that the server empties when it has stored what came before: the reading waits for it here.
    ...(inParts && { onPart: (part) => send({ type: 'part', part }) }),
  });
});

/** The last page, and of text recognition the first word as well: a page takes seconds, and until then nobody would know of how many. */
function isEdge({ pagesRead, pageCount, recognition }: ReadProgress): boolean {
  if (recognition === undefined) return pagesRead >= pageCount;
  return recognition.pagesDone === 0 || recognition.pagesDone >= recognition.pageCount;
}
