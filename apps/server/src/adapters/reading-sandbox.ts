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
import { findLifeline } from './lifeline.ts';
import { findNetworkIsolation } from './network-isolation.ts';
import { LongLineError, readLines } from './read-lines.ts';
import type { ReadRequest, SandboxFailure, SandboxMessage, SandboxRequest } from './reading-sandbox-protocol.ts';

const projectFolder = join(import.meta.dirname, '../../../..');
/** This program and what it imports. Settings (`.env`) and the data folder stand beside them and stay closed. */
const readable = ['apps/server', 'packages', 'node_modules'].map((folder) => join(projectFolder, folder));
const MEMORY_CHECK_MS = 250;

type Sandbox = ReturnType<typeof startSandbox>;
type Outcome<Result> = { result: Result } | { failure: SandboxFailure } | undefined;

export interface SandboxedWork<Request extends SandboxRequest> {
  /** The sandbox's program. */
  entry: string;
  request: Request;
  /** The file's bytes in order, pulled as they are needed. */
  content: AsyncIterable<Uint8Array>;
  signal: AbortSignal;
}

interface SandboxRights {
  /** It may load native libraries: those that draw. */
  mayDraw: boolean;
  /** What it may read beside the program. */
  folders?: readonly string[];
}

export interface SandboxedReading extends SandboxedWork<Omit<ReadRequest, 'inParts'>>, Listeners {}

interface Listeners {
  onProgress?: ((progress: ReadProgress) => void) | undefined;
  /** Left out, the text comes in one piece. The sandbox waits while one is taken, which is not counted as its time. */
  onPart?: ((part: TextPart) => Promise<void>) | undefined;
}

/** @throws AppError as `DocumentReader.read` does. */
export async function readInSandbox({ onProgress, onPart, ...reading }: SandboxedReading): Promise<ParsedDocument> {
  const request = { ...reading.request, inParts: onPart !== undefined };
  const { recognition } = request;
  const folders = recognition?.languageFolder === undefined ? [] : [recognition.languageFolder];
  // Drawing a page for recognition takes a native library; nothing else does.
  const rights = { mayDraw: recognition !== undefined, folders };
  return await runInSandbox<ParsedDocument, ReadRequest>({ ...reading, request }, rights, { onProgress, onPart });
}

/**
 * Works on one file in a process of its own, which has no environment and no network, may read nothing but this program, may
 * write and start nothing, and is killed when it takes too long or too much memory, when the reading is aborted or when this
 * process ends. The file's bytes flow through: this process never holds more than a pipe's worth of them.
 *
 * @returns what the sandbox tells. A file may have had its way there: it is looked at before it is believed.
 * @throws AppError `unreadable-document` with a reason, or as the sandbox tells.
 */
export async function runInSandbox<Result, Request extends SandboxRequest>(
  { entry, request, content, signal }: SandboxedWork<Request>,
  rights: SandboxRights,
  { onProgress, onPart }: Listeners = {},
): Promise<Result> {
  const { limits, fileName } = request;
  signal.throwIfAborted();
  const starter = [...(await findNetworkIsolation()), ...(await findLifeline(limits.durationMsMax))];
  const sandbox = startSandbox(entry, limits.memoryMbMax, rights, starter);
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
      receiveOutcome<Result>(sandbox, {
        onProgress,
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

function startSandbox(
  entry: string,
  memoryMbMax: number,
  { mayDraw, folders = [] }: SandboxRights,
  starter: readonly string[],
) {
  const [program, ...options] = [
    ...starter,
    process.execPath,
    `--max-old-space-size=${memoryMbMax}`,
    '--permission',
    ...[...readable, ...folders].map((folder) => `--allow-fs-read=${folder}`),
    ...(mayDraw ? ['--allow-addons'] : []),
    '--no-warnings',
    `--import=${sandboxPrograms()['close-network']}`,
    entry,
  ];
  return spawn(program, options, { env: {}, cwd: projectFolder, stdio: ['pipe', 'pipe', 'pipe'] });
}

/** Resolves with the error of the file's source, if it had one. A sandbox that stops listening is judged by its end. */
async function send(
  sandbox: Sandbox,
  request: SandboxRequest,
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
async function receiveOutcome<Result>(
  sandbox: Sandbox,
  { onProgress, onPart, onTooLong }: Listeners & { onTooLong: () => void },
): Promise<Outcome<Result>> {
  let outcome: Outcome<Result>;
  try {
    for await (const line of readLines(sandbox.stdout, MESSAGE_BYTES_MAX)) {
      const message = parseMessage<Result>(line);
      if (message?.type === 'progress') onProgress?.(message.progress);
      // What it sends meanwhile stays in the pipe, and then in the sandbox.
      else if (message?.type === 'part') await onPart?.(message.part);
      else if (message !== undefined) {
        outcome = message.type === 'result' ? { result: message.result } : { failure: message };
      }
    }
  } catch (error) {
    if (!(error instanceof LongLineError)) throw error;
    onTooLong();
  }
  return outcome;
}

function parseMessage<Result>(line: string): SandboxMessage<Result> | undefined {
  try {
    return JSON.parse(line) as SandboxMessage<Result>;
  } catch {
    return undefined;
  }
}

function settle<Result>(outcome: NonNullable<Outcome<Result>>): Result {
  if ('result' in outcome) return outcome.result;
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

/**
 * V8 aborts when its heap is full. What kills a sandbox from outside is most likely a machine that is short of memory, and may
 * have hit this file for what others took: it counts as a crash, which is tried again.
 */
function reasonOf({ code, signal }: SandboxEnd): UnreadableReason {
  return signal === 'SIGABRT' || code === 134 ? 'out-of-memory' : 'crashed';
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
