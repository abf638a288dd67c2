import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '@twin/core/app-error';
import type { ParsedDocument, TextPart } from '@twin/core/documents/parsed-document';
import { type UnreadableReason, unreadable } from '@twin/core/documents/unreadable';
import type { ReadProgress } from '@twin/core/ports';
import { createDeadline } from './deadline.ts';
import { sandboxPrograms } from './find-sandbox-program.ts';
import { findNetworkIsolation } from './network-isolation.ts';
import { LongLineError, readLines } from './read-lines.ts';
import type { ReadMessage, ReadRequest } from './reading-sandbox-protocol.ts';

const projectFolder = join(import.meta.dirname, '../../../..');
/** This program and what it imports. Settings (`.env`) and the data folder stand beside them and stay closed. */
const readable = ['apps/server', 'packages', 'node_modules'].map((folder) => join(projectFolder, folder));
const MEMORY_CHECK_MS = 250;

type Sandbox = ReturnType<typeof startSandbox>;
type Outcome = { document: ParsedDocument } | { failure: Extract<ReadMessage, { type: 'failure' }> } | undefined;

export interface SandboxedReading {
  /** The sandbox's program. */
  entry: string;
  request: Omit<ReadRequest, 'inParts'>;
  /** The file's bytes in order, pulled as they are needed. */
  content: AsyncIterable<Uint8Array>;
  signal: AbortSignal;
  onProgress?: ((progress: ReadProgress) => void) | undefined;
  /** Left out, the text comes in one piece. The sandbox waits while one is taken, which is not counted as its time. */
  onPart?: ((part: TextPart) => Promise<void>) | undefined;
}

/**
 * Reads one file in a process of its own, which has no environment and no network, may read nothing but this program, may
 * write and start nothing, and is killed when it takes too long or too much memory or when the reading is aborted. The
 * file's bytes flow through: this process never holds more than a pipe's worth of them.
 *
 * @throws AppError as `DocumentReader.read` does.
 */
export async function readInSandbox(reading: SandboxedReading): Promise<ParsedDocument> {
  const { content, signal, onPart } = reading;
  const request = { ...reading.request, inParts: onPart !== undefined };
  const { limits, fileName } = request;
  signal.throwIfAborted();
  const sandbox = startSandbox(reading, await findNetworkIsolation());
  let killedFor: UnreadableReason | 'abort' | undefined;
  const kill = (reason: UnreadableReason | 'abort') => {
    killedFor ??= reason;
    sandbox.kill('SIGKILL');
  };
  const onAbort = () => kill('abort');
  signal.addEventListener('abort', onAbort, { once: true });
  const deadline = createDeadline(limits.durationMsMax, () => kill('timed-out'));
  const checkMemory = async () => {
    if ((await residentMb(sandbox.pid)) > limits.memoryMbMax) kill('out-of-memory');
  };
  const memoryCheck = setInterval(() => void checkMemory(), MEMORY_CHECK_MS);
  try {
    const sent = send(sandbox, request, content, () => kill('crashed'));
    const [outcome, end, stderr] = await Promise.all([
      receiveOutcome(sandbox, {
        onProgress: reading.onProgress,
        onPart: onPart && ((part) => deadline.without(() => onPart(part))),
        onTooLong: () => kill('too-large'),
      }),
      ended(sandbox),
      tailOf(sandbox.stderr),
    ]);
    signal.throwIfAborted();
    const sourceError = await sent;
    if (sourceError !== undefined) throw sourceError;
    if (outcome !== undefined) return settle(outcome);
    const reason = killedFor === undefined || killedFor === 'abort' ? reasonOf(end) : killedFor;
    throw unreadable(fileName, reason, new Error(`The sandbox ended with ${JSON.stringify(end)}: ${stderr}`));
  } finally {
    deadline.cancel();
    clearInterval(memoryCheck);
    signal.removeEventListener('abort', onAbort);
    sandbox.kill('SIGKILL');
  }
}

function startSandbox({ entry, request: { limits, recognition } }: SandboxedReading, isolation: readonly string[]) {
  const folders = [...readable, ...(recognition?.languageFolder === undefined ? [] : [recognition.languageFolder])];
  const [program, ...options] = [
    ...isolation,
    process.execPath,
    `--max-old-space-size=${limits.memoryMbMax}`,
    '--permission',
    ...folders.map((folder) => `--allow-fs-read=${folder}`),
    // Drawing a page for recognition takes a native library; nothing else does.
    ...(recognition === undefined ? [] : ['--allow-addons']),
    '--no-warnings',
    `--import=${sandboxPrograms()['close-network']}`,
    entry,
  ];
  return spawn(program, options, { env: {}, cwd: projectFolder, stdio: ['pipe', 'pipe', 'pipe'] });
}

/** Resolves with the error of the file's source, if it had one. A sandbox that stops listening is judged by its end. */
async function send(
  sandbox: Sandbox,
  request: ReadRequest,
  content: AsyncIterable<Uint8Array>,
  onSourceError: () => void,
): Promise<Error | undefined> {
  let sourceError: Error | undefined;
  async function* input() {
    yield Buffer.from(`${JSON.stringify(request)}\n`);
    const parts = content[Symbol.asyncIterator]();
    try {
      for (;;) {
        const part = await parts.next().catch((error: unknown) => {
          sourceError = error instanceof Error ? error : new Error(String(error));
          onSourceError();
        });
        if (part === undefined || part.done === true) return;
        yield part.value;
      }
    } finally {
      await parts.return?.();
    }
  }
  await pipeline(Readable.from(input(), { objectMode: false }), sandbox.stdin).catch(() => undefined);
  return sourceError;
}

/** The text of the largest document, escaped, with all of its blocks. Longer ones would not fit into one string. */
const MESSAGE_BYTES_MAX = 256 * 1024 * 1024;

/** Undefined when the sandbox ended before it had told an outcome, or in the middle of telling it. */
async function receiveOutcome(
  sandbox: Sandbox,
  { onProgress, onPart, onTooLong }: Pick<SandboxedReading, 'onProgress' | 'onPart'> & { onTooLong: () => void },
): Promise<Outcome> {
  let outcome: Outcome;
  try {
    for await (const line of readLines(sandbox.stdout, MESSAGE_BYTES_MAX)) {
      const message = parseMessage(line);
      if (message?.type === 'progress') onProgress?.(message.progress);
      // What it sends meanwhile stays in the pipe, and then in the sandbox.
      else if (message?.type === 'part') await onPart?.(message.part);
      else if (message !== undefined) {
        outcome = message.type === 'result' ? { document: message.document } : { failure: message };
      }
    }
  } catch (error) {
    if (!(error instanceof LongLineError)) throw error;
    onTooLong();
  }
  return outcome;
}

function parseMessage(line: string): ReadMessage | undefined {
  try {
    return JSON.parse(line) as ReadMessage;
  } catch {
    return undefined;
  }
}

function settle(outcome: NonNullable<Outcome>): ParsedDocument {
  if ('document' in outcome) return outcome.document;
  const { code, message, reason, cause } = outcome.failure;
  throw new AppError(code, message, {
    ...(reason !== undefined && { reason }),
    ...(cause !== undefined && { cause: new Error(cause) }),
  });
}

interface SandboxEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
}

function ended(sandbox: Sandbox): Promise<SandboxEnd> {
  return new Promise((resolve, reject) => {
    sandbox.once('error', reject);
    sandbox.once('close', (code, signal) => resolve({ code, signal }));
  });
}

/** V8 aborts when its heap is full; the operating system kills what takes too much of the machine. */
function reasonOf({ code, signal }: SandboxEnd): UnreadableReason {
  const isOutOfMemory = signal === 'SIGABRT' || signal === 'SIGKILL' || code === 134;
  return isOutOfMemory ? 'out-of-memory' : 'crashed';
}

async function tailOf(stream: Readable): Promise<string> {
  let tail = '';
  for await (const part of stream) tail = (tail + String(part)).slice(-4000);
  return tail;
}

/** Memory outside V8's heap counts too. Known on Linux only; elsewhere the heap limit alone bounds the sandbox. */
async function residentMb(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024;
}
