import type { VectorIndexFacts } from '@twin/db/queries/vector-index';
import { expect, test } from 'vitest';
import { judgeVectorIndex } from './judge-vector-index.ts';

const good: VectorIndexFacts = {
  table: 'chunk_embedding_1',
  wanted: 'hnsw',
  kind: 'hnsw',
  lists: null,
  bytes: 1_000_000,
  liveRows: 100_000,
  deadRows: 500,
};
const measured = { questions: 10, recall: 0.98 };

test('an index that finds nearly all is well, and so is none where none is needed', () => {
  expect(judgeVectorIndex('server', good, measured)).toEqual({
    check: 'vector index',
    state: 'ok',
    found: 'hnsw over 100,000 vectors, finds 0.98 of the nearest ten',
    fix: null,
  });
  const none = { ...good, kind: null, liveRows: 4_000 };
  expect(judgeVectorIndex('server', none, { questions: 0, recall: 1 })).toMatchObject({ state: 'ok', fix: null });
  expect(judgeVectorIndex('embedded', none, measured)).toMatchObject({ state: 'ok', fix: null });
  expect(judgeVectorIndex('server', undefined, measured)).toMatchObject({ state: 'ok', fix: null });
});

test.each<[string, Partial<VectorIndexFacts>, number, RegExp]>([
  ['none over many vectors', { kind: null }, 1, /none over 100,000 vectors/],
  ['another kind than is wanted', { wanted: 'ivfflat' }, 0.98, /hnsw, and ivfflat is wanted/],
  ['a tenth of dead vectors', { deadRows: 10_001 }, 0.98, /10,001 deleted vectors/],
  ['lists that have grown', { kind: 'ivfflat', wanted: 'ivfflat', lists: 40 }, 0.98, /40 lists were made for fewer/],
  ['a low recall', {}, 0.89, /finds only 0.89/],
])('%s is a reason to build it anew', (_what, facts, recall, found) => {
  expect(judgeVectorIndex('server', { ...good, ...facts }, { questions: 10, recall })).toEqual({
    check: 'vector index',
    state: 'warning',
    found: expect.stringMatching(found),
    fix: expect.stringContaining('npm run cli -- index'),
  });
});
