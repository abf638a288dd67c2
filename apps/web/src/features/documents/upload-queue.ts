import { useSyncExternalStore } from 'react';
import { formatBytes } from '../../format.ts';
import { type Problem, problemOf } from '../../problem.ts';
import { suspectConnection } from '../connection/connection.ts';
import { type UploadResult, uploadFile } from './upload-file.ts';

/** One file on its way to the server. Gone from the queue once the server has it: then it is a document. */
export interface Upload {
  id: number;
  file: File;
  state:
    | { name: 'waiting' }
    | { name: 'sending'; sentBytes: number }
    | { name: 'duplicate'; documentId: string; title: string }
    | { name: 'failed'; problem: Problem };
}

/** Two at a time: a browser opens six connections to a server, and the page needs some itself. */
const atOnce = 2;

let uploads: readonly Upload[] = [];
let nextId = 1;
/** Nothing is sent before this time: the server has asked for patience. */
let resumeAt = 0;
const controllers = new Map<number, AbortController>();
const listeners = new Set<() => void>();
const arrivalListeners = new Set<(result: UploadResult) => void>();

function change(next: readonly Upload[]): void {
  uploads = next;
  for (const listener of listeners) listener();
}

function setState(id: number, state: Upload['state']): void {
  change(uploads.map((upload) => (upload.id === id ? { ...upload, state } : upload)));
}

/** Queues files. What cannot succeed is refused here, before a byte is sent. */
export function addUploads(files: readonly File[], uploadBytesMax: number): void {
  const added = files.map((file): Upload => {
    const message = refusalOf(file, uploadBytesMax);
    const problem = message && { code: 'invalid-input', message, requestId: null, retryAfterMs: null };
    return { id: nextId++, file, state: problem ? { name: 'failed', problem } : { name: 'waiting' } };
  });
  change([...uploads, ...added]);
  pump();
}

function refusalOf(file: File, uploadBytesMax: number): string | null {
  if (file.size === 0) {
    return 'This file is empty. Check that it was saved, then choose it again.';
  }
  if (file.size > uploadBytesMax) {
    return `This file has ${formatBytes(file.size)}; the limit is ${formatBytes(uploadBytesMax)}. Split it and add the parts.`;
  }
  return null;
}

function pump(): void {
  if (Date.now() < resumeAt) return;
  const sending = uploads.filter(({ state }) => state.name === 'sending').length;
  const next = uploads.filter(({ state }) => state.name === 'waiting').slice(0, Math.max(0, atOnce - sending));
  for (const upload of next) {
    void send(upload);
  }
}

async function send({ id, file }: Upload): Promise<void> {
  const controller = new AbortController();
  controllers.set(id, controller);
  setState(id, { name: 'sending', sentBytes: 0 });
  try {
    const result = await uploadFile(file, {
      signal: controller.signal,
      onProgress: (sentBytes) => setState(id, { name: 'sending', sentBytes }),
    });
    for (const listener of arrivalListeners) listener(result);
    if (result.outcome === 'duplicate') {
      setState(id, { name: 'duplicate', documentId: result.document.id, title: result.document.title });
    } else {
      dropUpload(id);
    }
  } catch (error) {
    if (!controller.signal.aborted) {
      settle(id, problemOf(error));
    }
  } finally {
    controllers.delete(id);
    pump();
  }
}

/** Too many at once is no fault of the file: it waits with the others. Anything else is told. */
function settle(id: number, problem: Problem): void {
  if (problem.code === 'rate-limited') {
    const waitMs = problem.retryAfterMs ?? 1_000;
    resumeAt = Math.max(resumeAt, Date.now() + waitMs);
    setState(id, { name: 'waiting' });
    setTimeout(pump, waitMs + 1);
    return;
  }
  setState(id, { name: 'failed', problem });
  if (problem.code === 'unreachable') {
    suspectConnection();
  }
}

export function retryUpload(id: number): void {
  setState(id, { name: 'waiting' });
  pump();
}

/** Stops the upload if it is under way, and forgets it. */
export function dropUpload(id: number): void {
  controllers.get(id)?.abort();
  change(uploads.filter((upload) => upload.id !== id));
}

/** Calls `listener` with each document the server has taken. @returns the function that ends it. */
export function onArrival(listener: (result: UploadResult) => void): () => void {
  arrivalListeners.add(listener);
  return () => arrivalListeners.delete(listener);
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useUploads(): readonly Upload[] {
  return useSyncExternalStore(subscribe, () => uploads);
}
