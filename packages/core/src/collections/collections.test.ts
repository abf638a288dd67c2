import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerQuestion } from '../chat/answer-question.ts';
import { filterOf, resolveScope } from '../chat/answer-scope.ts';
import { retrieve } from '../retrieval/retrieve.ts';
import { type IngestionBench, openIngestionBench } from '../testing/ingestion-bench.ts';
import { createCollection, deleteCollection, renameCollection } from './change-collections.ts';
import { listCollections } from './list-collections.ts';
import { organizeDocuments } from './organize-documents.ts';

let bench: IngestionBench;

beforeAll(async () => {
  bench = await openIngestionBench();
  await bench.ingest([
    { id: 'red', content: 'The kettle of the first house is red.' },
    { id: 'blue', content: 'The kettle of the second house is blue.' },
    { id: 'green', content: 'The kettle of the third house is green.' },
  ]);
  await bench.deps.runJobs();
});
afterAll(() => bench.database.close());

const unknownId = '00000000-0000-4000-8000-000000000000';

async function organize(input: Parameters<typeof organizeDocuments>[2]) {
  return await organizeDocuments(bench.deps, bench.database.scope, input);
}

async function found(filter: Parameters<typeof retrieve>[2]['filter']): Promise<string[]> {
  const { passages } = await retrieve(bench.deps, bench.database.scope, {
    question: 'Which colour has the kettle?',
    limit: 10,
    filter,
  });
  return passages.map(({ documentId }) => documentId).toSorted();
}

test('a question asked of a collection, of tags or of documents is answered from these alone', async () => {
  const { id } = await createCollection(bench.deps, bench.database.scope, ' Houses ');
  await organize({ ids: ['red', 'blue', 'unknown'], addToCollection: id, addTags: ['kitchen'] });
  await organize({ ids: ['blue', 'green'], addTags: ['cold'] });

  expect(await found(undefined)).toEqual(['blue', 'green', 'red']);
  expect(await found({ collectionId: id })).toEqual(['blue', 'red']);
  expect(await found({ tags: ['cold'] })).toEqual(['blue', 'green']);
  expect(await found({ tags: ['cold', 'kitchen'] })).toEqual(['blue']);
  expect(await found({ collectionId: id, tags: ['cold'] })).toEqual(['blue']);
  expect(await found({ documentIds: ['green', 'unknown'] })).toEqual(['green']);
  expect(await found({ documentIds: [] })).toEqual([]);
  expect(await found({ collectionId: unknownId })).toEqual([]);

  const parts = filterOf({ documentIds: ['red', 'blue'], addedFrom: '2020-01-01T00:00:00Z' });
  expect(await found(parts)).toEqual(['blue', 'red']);
  expect(await found(filterOf({ addedBefore: '2020-01-01T00:00:00Z' }))).toEqual([]);
  const asked = await resolveScope(bench.deps, bench.database.scope, { collectionId: id });
  expect(asked).toEqual({ collectionId: id, collectionName: 'Houses' });
  const answer = answerQuestion(bench.deps, bench.database.scope, {
    question: 'Which colour has the kettle?',
    history: [],
    filter: filterOf(asked),
    signal: new AbortController().signal,
  });
  expect((await answer.next()).value).toEqual({ type: 'search-start', documentCount: 2 });
  await answer.return({ outcome: 'nothing-relevant', model: null });

  expect(await listCollections(bench.deps, bench.database.scope)).toEqual({
    collections: [{ id, name: 'Houses', documentCount: 2 }],
    tags: [
      { tag: 'cold', documentCount: 2 },
      { tag: 'kitchen', documentCount: 2 },
    ],
  });
  await organize({ ids: ['red'], removeFromCollection: id, removeTags: ['kitchen'] });
  expect(await found({ collectionId: id })).toEqual(['blue']);
  await deleteCollection(bench.deps, bench.database.scope, id);
  expect(await found({ collectionId: id })).toEqual([]);
  expect(await found(undefined)).toHaveLength(3);
});

test('names are unique whatever their case, and what is not there is refused', async () => {
  const { scope } = bench.database;
  const { id } = await createCollection(bench.deps, scope, 'Letters');
  await createCollection(bench.deps, scope, 'Papers');
  await expect(createCollection(bench.deps, scope, 'LETTERS')).rejects.toMatchObject({ code: 'conflict' });
  await expect(renameCollection(bench.deps, scope, { id, name: 'papers' })).rejects.toMatchObject({ code: 'conflict' });
  await renameCollection(bench.deps, scope, { id, name: 'letters' });
  for (const refused of [
    () => renameCollection(bench.deps, scope, { id: unknownId, name: 'x' }),
    () => deleteCollection(bench.deps, scope, unknownId),
    () => organize({ ids: ['red'], addToCollection: unknownId }),
    () => organize({ ids: ['unknown'], addTags: ['x'] }),
    () => resolveScope(bench.deps, scope, { collectionId: unknownId }),
  ]) {
    await expect(refused()).rejects.toMatchObject({ code: 'not-found' });
  }
});
