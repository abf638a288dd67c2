import process from 'node:process';
import { AppError } from '@twin/core/app-error';
import type { SandboxFailure, SandboxMessage, SandboxRequest } from './reading-sandbox-protocol.ts';

// A sandbox's two ends of the pipe to the server.

/** The request's line, then the file into one buffer of its size: large files are in memory once. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- what a worker's own server sends it
export async function receiveFile<Request extends SandboxRequest>(): Promise<{
  request: Request;
  bytes: Uint8Array<ArrayBuffer>;
}> {
  let header = Buffer.alloc(0);
  let request: Request | undefined;
  let bytes = new Uint8Array();
  let filled = 0;
  for await (const part of process.stdin as AsyncIterable<Buffer>) {
    let content = part;
    if (request === undefined) {
      header = Buffer.concat([header, part]);
      const headerEnd = header.indexOf('\n');
      if (headerEnd < 0) continue;
      request = JSON.parse(header.toString('utf8', 0, headerEnd)) as Request;
      bytes = new Uint8Array(request.byteSize);
      content = header.subarray(headerEnd + 1);
    }
    bytes.set(content, filled);
    filled += content.byteLength;
  }
  if (request === undefined || filled !== bytes.byteLength) throw new Error(`${filled} bytes of the file arrived`);
  return { request, bytes };
}

/** Resolves when the server has taken it. */
export function send<Result>(message: SandboxMessage<Result>): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.write(`${JSON.stringify(message)}\n`, () => resolve());
  });
}

/** Does the sandbox's work, tells what came of it, and ends the process. */
export async function answerWith<Result>(work: () => Promise<Result>): Promise<never> {
  // pdf.js looks for the pages of a damaged file in work that it drops. What the work waits for still fails it.
  process.on('unhandledRejection', () => undefined);
  try {
    await send({ type: 'result', result: await work() });
  } catch (error) {
    await send(failureOf(error));
  }
  // Parsers may leave timers behind; nothing is left to do.
  process.exit(0);
}

/** @throws the error itself where it is a mistake of the program: the process ends by it. */
function failureOf(error: unknown): SandboxFailure {
  if (!(error instanceof AppError)) throw error;
  const { code, reason, message, cause } = error;
  return { type: 'failure', code, reason, message, ...(cause !== undefined && { cause: traceOf(cause) }) };
}

/** Mistakes of the program are told in words; the words of other errors may be those of the file. */
function traceOf(cause: unknown): string {
  if (!(cause instanceof Error)) return typeof cause;
  const frames = (cause.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const isMistake = cause instanceof TypeError || cause instanceof RangeError || cause instanceof ReferenceError;
  return [isMistake ? `${cause.name}: ${cause.message.slice(0, 300)}` : cause.name, ...frames.slice(0, 12)].join('\n');
}
