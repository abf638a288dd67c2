import process from 'node:process';
import { AppError } from '@twin/core/app-error';
import { parseDocument } from '@twin/core/documents/parse-document';
import type { ReadProgress } from '@twin/core/ports';
import type { ReadMessage, ReadRequest } from './reading-sandbox-protocol.ts';

// The sandbox: a process of its own that reads one file from its standard input and ends.

/** Progress is for people: no more often than they can follow. */
const PROGRESS_MS_MIN = 100;

const { request, bytes } = await receive();
let lastProgressAt = 0;
try {
  const document = await parseDocument({
    ...request,
    bytes,
    onProgress: (progress) => {
      const now = performance.now();
      if (now - lastProgressAt < PROGRESS_MS_MIN && !isLast(progress)) return;
      lastProgressAt = now;
      void send({ type: 'progress', progress });
    },
  });
  await send({ type: 'result', document });
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  await send({ type: 'failure', code: error.code, reason: error.reason, message: error.message });
}
// Parsers may leave timers behind; nothing is left to do.
process.exit(0);

function isLast({ pagesRead, pageCount, recognition }: ReadProgress): boolean {
  return recognition === undefined ? pagesRead >= pageCount : recognition.pagesDone >= recognition.pageCount;
}

async function receive(): Promise<{ request: ReadRequest; bytes: Uint8Array }> {
  const received: Buffer[] = [];
  for await (const part of process.stdin as AsyncIterable<Buffer>) received.push(part);
  const all = Buffer.concat(received);
  const headerEnd = all.indexOf('\n');
  const request = JSON.parse(all.toString('utf8', 0, headerEnd)) as ReadRequest;
  // A copy, because PDF reading takes ownership of the whole buffer behind its bytes.
  return { request, bytes: new Uint8Array(all.subarray(headerEnd + 1)) };
}

function send(message: ReadMessage): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.write(`${JSON.stringify(message)}\n`, () => resolve());
  });
}
