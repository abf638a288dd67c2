import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { notify } from '../../components/toaster.tsx';
import { RestError, unreachable } from '../../problem.ts';
import { memoryStorage } from '../../testing/memory-storage.ts';
import { suspectConnection } from '../connection/connection.ts';
import { type UploadResult, uploadFile } from './upload-file.ts';
import {
  addUploads,
  canRetry,
  dropUpload,
  forgetUploads,
  retryUploads,
  tellUnreadable,
  type Upload,
  uploadsNow,
} from './upload-queue.ts';

// The server on the other side.
// Another file of this process may have loaded the modules already, without what is put in their place here.
vi.hoisted(() => vi.resetModules());
vi.mock('./upload-file.ts', () => ({ uploadFile: vi.fn<typeof uploadFile>() }));
vi.mock('../../components/toaster.tsx', () => ({ notify: vi.fn<typeof notify>() }));
vi.mock('../connection/connection.ts', () => ({ suspectConnection: vi.fn<typeof suspectConnection>() }));

const send = vi.mocked(uploadFile);
const told = vi.mocked(notify);
const untilServerAnswers = vi.mocked(suspectConnection);
const arrived: string[] = [];

// One clock for all: the queue lives as long as the page, and remembers when it may go on.
beforeAll(() => void vi.useFakeTimers());
afterAll(() => void vi.useRealTimers());
beforeEach(() => {
  arrived.length = 0;
  told.mockClear();
  send.mockImplementation(take);
  untilServerAnswers.mockResolvedValue();
});
afterEach(() => {
  for (const { id } of uploadsNow()) dropUpload(id);
});

function take(file: File): Promise<UploadResult> {
  arrived.push(file.name);
  return Promise.resolve({ document: {} as UploadResult['document'], outcome: 'created' });
}

const breakOff = () => Promise.reject(new RestError(unreachable));

function refuse(code: string, retryAfterMs: number | null) {
  return () =>
    Promise.reject(new RestError({ code, reason: null, message: 'Not now.', requestId: null, retryAfterMs }));
}

/** As a browser gives it: Node's own files know no folder. */
function chosenFile(name: string): File {
  return Object.assign(new File(['text'], name), { webkitRelativePath: '' });
}

function add(count: number): string[] {
  const files = Array.from({ length: count }, (_, index) => chosenFile(`note-${index}.md`));
  addUploads(files, 1_000);
  return files.map(({ name }) => name);
}

function stateOf(name: string): Upload['state'] | undefined {
  return uploadsNow().find(({ file }) => file.name === name)?.state;
}

test('a server that restarts under a large drop costs no file: all wait until it answers', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  untilServerAnswers.mockReturnValue(promise);
  send.mockImplementation((file) => (arrived.length < 100 ? take(file) : breakOff()));
  const names = add(300);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(arrived).toHaveLength(100);
  expect(send).toHaveBeenCalledTimes(102);
  expect(uploadsNow().map(({ state }) => state)).toEqual([
    ...Array.from({ length: 2 }, () => ({ name: 'waiting', reason: 'server' })),
    ...Array.from({ length: 198 }, () => ({ name: 'waiting', reason: 'turn' })),
  ]);

  send.mockImplementation(take);
  resolve();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(arrived.toSorted()).toEqual(names.toSorted());
  expect(uploadsNow()).toEqual([]);
});

test('whatever the server asks patience for is sent again at that time, and nothing before', async () => {
  send.mockImplementationOnce(refuse('database-unavailable', 5_000));
  add(1);
  await vi.advanceTimersByTimeAsync(4_900);
  expect(stateOf('note-0.md')).toEqual({ name: 'waiting', reason: 'asked' });
  add(1);
  expect(arrived).toEqual([]);
  await vi.advanceTimersByTimeAsync(200);
  expect(arrived).toHaveLength(2);
});

test('a refusal is told with the file, and all that failed are tried again at once', async () => {
  send.mockImplementation(refuse('storage-full', null));
  add(3);
  await vi.advanceTimersByTimeAsync(10);
  expect(uploadsNow().map(({ state }) => state.name)).toEqual(['failed', 'failed', 'failed']);
  expect(uploadsNow().every(canRetry)).toBe(true);

  send.mockImplementation(take);
  retryUploads(uploadsNow());
  await vi.advanceTimersByTimeAsync(10);
  expect(arrived).toHaveLength(3);
});

test.each(['too-large', 'unsupported-type', 'unreadable-document', 'invalid-input'])(
  'a file that is refused as %s is not offered to be sent again',
  async (code) => {
    send.mockImplementation(refuse(code, null));
    add(1);
    await vi.advanceTimersByTimeAsync(10);
    expect(uploadsNow().map(canRetry)).toEqual([false]);
  },
);

test('a file that breaks every time while the server answers is given up', async () => {
  send.mockImplementation(breakOff);
  add(1);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(stateOf('note-0.md')).toMatchObject({
    name: 'failed',
    problem: { message: expect.stringContaining('The connection broke 5 times') },
  });
});

test('files that are here already are told of once, when the last is through', async () => {
  const document = { id: 'a', title: 'Bees' } as UploadResult['document'];
  send.mockResolvedValue({ document, outcome: 'duplicate' });
  add(3);
  await vi.advanceTimersByTimeAsync(10);
  expect(told.mock.calls).toEqual([['3 files are here already; nothing was added']]);
  told.mockClear();
  for (const { id } of uploadsNow()) dropUpload(id);
  add(1);
  await vi.advanceTimersByTimeAsync(10);
  expect(told.mock.calls).toEqual([['“Bees” is here already; nothing was added']]);
});

test('a file that was deleted meanwhile is told as that, not as a server that is away', async () => {
  send.mockImplementation(breakOff);
  const gone = chosenFile('gone.md');
  gone.slice = () => Object.assign(new Blob(), { arrayBuffer: () => Promise.reject(new DOMException()) });
  addUploads([gone], 1_000);
  await vi.advanceTimersByTimeAsync(10);
  expect(stateOf('gone.md')).toMatchObject({
    problem: { code: 'refused-here', message: expect.stringContaining('can no longer read this file') },
  });
});

test('what the browser could not open is named among the others', () => {
  tellUnreadable(['locked.md']);
  expect(stateOf('locked.md')).toMatchObject({ name: 'failed', problem: { code: 'refused-here' } });
});

test('the newer version of a document is sent under its id, also when it is sent again', async () => {
  send.mockImplementationOnce(breakOff);
  addUploads([chosenFile('newer.md')], 1_000, 'bees');
  await vi.advanceTimersByTimeAsync(2_000);
  expect(send.mock.calls.map(([file, { documentId }]) => [file.name, documentId]).slice(-2)).toEqual([
    ['newer.md', 'bees'],
    ['newer.md', 'bees'],
  ]);
});

test('what waits, is under way or may be tried again is remembered at every moment, and nothing that is here or refused', async () => {
  const kept = () => JSON.parse(sessionStorage.getItem('twin.unsent') ?? '[]') as string[];
  vi.stubGlobal('sessionStorage', memoryStorage());
  const { promise, resolve } = Promise.withResolvers<UploadResult>();
  send.mockImplementation((file) => {
    if (file.name === 'note-0.md') return refuse('storage-full', null)();
    if (file.name === 'note-1.md') return refuse('too-large', null)();
    return file.name === 'note-2.md' ? promise : new Promise(() => undefined);
  });
  add(5);
  addUploads([chosenFile('newer.md')], 1_000, 'bees');
  tellUnreadable(['locked.md']);
  expect(kept()).toEqual(['note-0.md', 'note-1.md', 'note-2.md', 'note-3.md', 'note-4.md']);
  await vi.advanceTimersByTimeAsync(10);
  expect(kept()).toEqual(['note-0.md', 'note-2.md', 'note-3.md', 'note-4.md']);
  resolve({ document: {} as UploadResult['document'], outcome: 'created' });
  await vi.advanceTimersByTimeAsync(10);
  expect(kept()).toEqual(['note-0.md', 'note-3.md', 'note-4.md']);
  forgetUploads();
  expect(kept()).toEqual([]);
  vi.unstubAllGlobals();
});

test('nothing is left of files once they are forgotten', () => {
  send.mockImplementation(() => new Promise(() => undefined));
  add(3);
  tellUnreadable(['locked.md']);
  forgetUploads();
  expect(uploadsNow()).toEqual([]);
});
