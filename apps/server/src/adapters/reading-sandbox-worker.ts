import process from 'node:process';
import { AppError } from '@twin/core/app-error';
import { parseDocument } from '@twin/core/documents/parse-document';
import type { ReadProgress } from '@twin/core/ports';
import type { ReadMessage, ReadRequest } from './reading-sandbox-protocol.ts';

// The sandbox: a process of its own that reads one file from its standard input and ends.

/** Progress is for people: no more often than they can follow. */
const PROGRESS_MS_MIN = 100;

// pdf.js looks for the pages of a damaged file in work that it drops. What the reading waits for still fails it.
process.on('unhandledRejection', () => undefined);

const {
  request: { inParts, ...request },
  bytes,
} = await receive();
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
    // Written to a pipe that the server empties when it has stored what came before: the reading waits for it here.
    ...(inParts && { onPart: (part) => send({ type: 'part', part }) }),
  });
  await send({ type: 'result', document });
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  const { code, reason, message } = error;
  await send({
    type: 'failure',
    code,
    reason,
    message,
    ...(error.cause !== undefined && { cause: traceOf(error.cause) }),
  });
}
// Parsers may leave timers behind; nothing is left to do.
process.exit(0);

function isLast({ pagesRead, pageCount, recognition }: ReadProgress): boolean {
  return recognition === undefined ? pagesRead >= pageCount : recognition.pagesDone >= recognition.pageCount;
}

/** The request's line, then the file into one buffer of its size: large files are in memory once. */
async function receive(): Promise<{ request: ReadRequest; bytes: Uint8Array }> {
  let header = Buffer.alloc(0);
  let request: ReadRequest | undefined;
  let bytes = new Uint8Array();
  let filled = 0;
  for await (const part of process.stdin as AsyncIterable<Buffer>) {
    let content = part;
    if (request === undefined) {
      header = Buffer.concat([header, part]);
      const headerEnd = header.indexOf('\n');
      if (headerEnd < 0) continue;
      request = JSON.parse(header.toString('utf8', 0, headerEnd)) as ReadRequest;
      bytes = new Uint8Array(request.byteSize);
      content = header.subarray(headerEnd + 1);
    }
    bytes.set(content, filled);
    filled += content.byteLength;
  }
  if (request === undefined || filled !== bytes.byteLength) throw new Error(`${filled} bytes of the file arrived`);
  return { request, bytes };
}

/** Mistakes of the program are told in words; the words of other errors may be those of the file. */
function traceOf(cause: unknown): string {
  if (!(cause instanceof Error)) return typeof cause;
  const frames = (cause.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const isMistake = cause instanceof TypeError || cause instanceof RangeError || cause instanceof ReferenceError;
  return [isMistake ? `${cause.name}: ${cause.message.slice(0, 300)}` : cause.name, ...frames.slice(0, 12)].join('\n');
}

function send(message: ReadMessage): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.write(`${JSON.stringify(message)}\n`, () => resolve());
  });
}
