import { useSyncExternalStore } from 'react';
import { notify } from '../../components/toaster.tsx';
import { formatBytes, formatCount } from '../../format.ts';
import { type Problem, problemOf } from '../../problem.ts';
import { suspectConnection } from '../connection/connection.ts';
import { folderOf, pathOf } from './file-folder.ts';
import { forgetUnsent, keepUnsent } from './unsent-files.ts';
import { type UploadResult, uploadFile } from './upload-file.ts';

/** One file on its way to the server. Gone from the queue once the server has it: then it is a document. */
export interface Upload {
  id: number;
  file: File;
  /** Whose newer version it is; undefined for a document of its own. */
  documentId?: string | undefined;
  state:
    | { name: 'waiting'; reason: WaitReason }
    | { name: 'sending'; sentBytes: number }
    | { name: 'duplicate'; documentId: string; title: string }
    | { name: 'failed'; problem: Problem };
}

/** What a file waits for: its turn among the others, the server's return, or the time the server has asked for. */
export type WaitReason = 'turn' | 'server' | 'asked';

/** Two at a time: a browser opens six connections to a server, and the page needs some itself. */
const atOnce = 2;
/** A server that answers all else but breaks off this file so often will not take it. */
const breaksMax = 5;
/** Between a break and the next try, so that a server that just restarts is not hammered. */
const breakPauseMs = 1_000;

let uploads: readonly Upload[] = [];
let nextId = 1;
/** Nothing is sent before this time: the server has asked for patience. */
let resumeAt = 0;
let isServerAway = false;
/** How often each file was broken off. */
const breaks = new Map<number, number>();
/** Titles of documents that came a second time, until that is told. */
const duplicates: string[] = [];
let unsentCount = 0;
const controllers = new Map<number, AbortController>();
const listeners = new Set<() => void>();
const arrivalListeners = new Set<(result: UploadResult) => void>();

function change(next: readonly Upload[]): void {
  uploads = next;
  const unsent = unsentUploads();
  // Bytes that were sent change nothing of it.
  if (unsent.length !== unsentCount) keepUnsent(unsent.map(uploadPath));
  unsentCount = unsent.length;
  for (const listener of listeners) listener();
}

function setState(id: number, state: Upload['state']): void {
  change(uploads.map((upload) => (upload.id === id ? { ...upload, state } : upload)));
}

/** Queues files, or the newer version of one document. What cannot succeed is refused here, before a byte is sent. */
export function addUploads(files: readonly File[], uploadBytesMax: number, documentId?: string): void {
  const added = files.map((file): Upload => {
    const message = refusalOf(file, uploadBytesMax);
    return { id: nextId++, file, documentId, state: message ? refused(message) : { name: 'waiting', reason: 'turn' } };
  });
  forgetUnsent(added.map(uploadPath));
  change([...uploads, ...added]);
  pump();
}

/** Tells of files that the browser was given and cannot open, among the others. */
export function tellUnreadable(names: readonly string[]): void {
  const message = 'The browser could not read this, so it was left out. Check that it still exists and may be opened.';
  const told = names.map((name): Upload => ({ id: nextId++, file: new File([], name), state: refused(message) }));
  change([...uploads, ...told]);
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

/** The browser itself refuses the file: sending it again would not help. */
function refused(message: string): Upload['state'] {
  return {
    name: 'failed',
    problem: { code: 'refused-here', reason: null, message, requestId: null, retryAfterMs: null },
  };
}

function pump(): void {
  if (isServerAway || Date.now() < resumeAt) return;
  const sending = uploads.filter(({ state }) => state.name === 'sending').length;
  const next = uploads.filter(({ state }) => state.name === 'waiting').slice(0, Math.max(0, atOnce - sending));
  for (const upload of next) {
    void send(upload);
  }
}

async function send({ id, file, documentId }: Upload): Promise<void> {
  const controller = new AbortController();
  controllers.set(id, controller);
  setState(id, { name: 'sending', sentBytes: 0 });
  try {
    const result = await uploadFile(file, {
      documentId,
      signal: controller.signal,
      onProgress: (sentBytes) => setState(id, { name: 'sending', sentBytes }),
    });
    for (const listener of arrivalListeners) listener(result);
    if (result.outcome === 'duplicate') {
      setState(id, { name: 'duplicate', documentId: result.document.id, title: result.document.title });
      duplicates.push(result.document.title);
    } else {
      dropUpload(id);
    }
  } catch (error) {
    if (!controller.signal.aborted) {
      await settle(id, file, problemOf(error));
    }
  } finally {
    // After a break the file may be on its way again by now.
    if (controllers.get(id) === controller) controllers.delete(id);
    pump();
    if (!isUploading()) tellDuplicates();
  }
}

/** What is no fault of the file lets it wait with the others and be tried again. Anything else is told. */
async function settle(id: number, file: File, problem: Problem): Promise<void> {
  if (problem.code === 'unreachable') {
    await settleBreak(id, file, problem);
  } else if (problem.retryAfterMs !== null) {
    setState(id, { name: 'waiting', reason: 'asked' });
    resumeIn(problem.retryAfterMs);
  } else {
    setState(id, { name: 'failed', problem });
  }
}

async function settleBreak(id: number, file: File, problem: Problem): Promise<void> {
  const count = (breaks.get(id) ?? 0) + 1;
  breaks.set(id, count);
  if (!(await isReadable(file))) {
    setState(
      id,
      refused('The browser can no longer read this file: it was changed, moved or deleted. Choose it again.'),
    );
  } else if (count >= breaksMax) {
    const message = `The connection broke ${breaksMax} times while this file was sent, though the server answers. Retry, or send a smaller file.`;
    setState(id, { name: 'failed', problem: { ...problem, message } });
  } else {
    setState(id, { name: 'waiting', reason: 'server' });
    resumeIn(breakPauseMs);
    await waitForServer();
  }
}

/** A file that went away and a server that went away break an upload in the same words. */
async function isReadable(file: File): Promise<boolean> {
  try {
    await file.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

function resumeIn(waitMs: number): void {
  resumeAt = Math.max(resumeAt, Date.now() + waitMs);
  // A millisecond more: timers may come a trifle early.
  setTimeout(pump, waitMs + 1);
}

async function waitForServer(): Promise<void> {
  isServerAway = true;
  await suspectConnection();
  isServerAway = false;
}

/** The file itself is refused, or whoever sends it: sent again, it would be refused again. */
const finalCodes: ReadonlySet<string> = new Set([
  'refused-here',
  'invalid-input',
  'too-large',
  'unsupported-type',
  'unreadable-document',
  'forbidden',
]);

/** Whether a second try of a failed file may help. */
export function canRetry({ state }: Upload): boolean {
  return state.name === 'failed' && !finalCodes.has(state.problem.code);
}

/** Tries failed files again. */
export function retryUploads(failed: readonly Upload[]): void {
  for (const { id } of failed) {
    breaks.delete(id);
    setState(id, { name: 'waiting', reason: 'turn' });
  }
  pump();
}

/** Stops the upload if it is under way, and forgets it. */
export function dropUpload(id: number): void {
  controllers.get(id)?.abort();
  breaks.delete(id);
  change(uploads.filter((upload) => upload.id !== id));
}

/** Forgets files, save for those whose sending has begun meanwhile. */
export function dropUploads(dropped: readonly Upload[]): void {
  const ids = new Set(dropped.map(({ id }) => id));
  change(uploads.filter(({ id, state }) => !(ids.has(id) && state.name !== 'sending')));
}

/** Stops whatever is under way, and leaves nothing of it. */
export function forgetUploads(): void {
  for (const { id } of uploads) dropUpload(id);
  duplicates.length = 0;
}

/** Once for all of them, wherever the person has gone meanwhile: each also stands among the uploads. */
function tellDuplicates(): void {
  const [first, ...others] = duplicates.splice(0);
  if (first === undefined) return;
  const what = others.length === 0 ? `“${first}” is` : `${formatCount(others.length + 1, 'file')} are`;
  notify(`${what} here already; nothing was added`);
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

export function uploadsNow(): readonly Upload[] {
  return uploads;
}

export function useUploads(): readonly Upload[] {
  return useSyncExternalStore(subscribe, uploadsNow);
}

/** How many files are on their way or wait to be. */
function countUnderWay(): number {
  return uploads.filter(isUnderWay).length;
}

function isUnderWay({ state }: Upload): boolean {
  return state.name === 'waiting' || state.name === 'sending';
}

export function useUploadsUnderWay(): number {
  return useSyncExternalStore(subscribe, countUnderWay);
}

function isUploading(): boolean {
  return countUnderWay() > 0;
}

/** Files that the server would take as documents of their own, and does not have. A newer version is known by its document. */
function unsentUploads(): Upload[] {
  return uploads.filter((upload) => upload.documentId === undefined && (isUnderWay(upload) || canRetry(upload)));
}

/** The file's name, with the folder it lay in. */
export function uploadPath({ file }: Upload): string {
  return pathOf({ fileName: file.name, folder: folderOf(file) });
}

/** Whether leaving the page now would lose a file. */
export function useIsUploading(): boolean {
  return useSyncExternalStore(subscribe, isUploading);
}
