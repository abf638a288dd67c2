import { expect, test } from 'vitest';
import { foldUploads } from './fold-uploads.ts';
import type { Upload } from './upload-queue.ts';

const waiting = { name: 'waiting', reason: 'turn' } as const;
const stuck = { name: 'waiting', reason: 'server' } as const;
const failed: Upload['state'] = {
  name: 'failed',
  problem: { code: 'refused-here', reason: null, message: 'It is empty.', requestId: null, retryAfterMs: null },
};

function upload(id: number, state: Upload['state']): Upload {
  return { id, file: new File(['a'], `${id}.txt`), state };
}

test('of many that wait, the next few show, and whatever is more than waiting', () => {
  const states = [
    { name: 'sending', sentBytes: 0 } as const,
    waiting,
    waiting,
    failed,
    waiting,
    waiting,
    stuck,
    waiting,
  ];
  const { shown, waiting: folded } = foldUploads(states.map((state, id) => upload(id, state)));
  expect(shown.map(({ id }) => id)).toEqual([0, 1, 2, 3, 4, 6]);
  expect(folded.map(({ id }) => id)).toEqual([5, 7]);
});

test('a single one is shown, not counted', () => {
  expect(foldUploads(Array.from({ length: 4 }, (_none, id) => upload(id, waiting))).waiting).toEqual([]);
});

test('of many that were here already the first few show, among all that is not like them', () => {
  const duplicate = { name: 'duplicate', documentId: 'doc-1', title: 'Ferry' } as const;
  const states = [...Array.from({ length: 5 }, () => duplicate), failed, waiting];
  const { shown, waiting: left, duplicates } = foldUploads(states.map((state, id) => upload(id, state)));
  expect(shown.map(({ id }) => id)).toEqual([0, 1, 2, 5, 6]);
  expect(duplicates.map(({ id }) => id)).toEqual([3, 4]);
  expect(left).toEqual([]);
});
