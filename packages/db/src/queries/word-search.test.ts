import { type KyselyPlugin, sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/create-test-database.ts';
import { insertTestDocument } from '../testing/insert-test-document.ts';
import { askWords } from '../testing/search-words.ts';
import { wholeLibrary } from '../testing/whole-library.ts';
import { chooseWordCandidates } from './word-candidates.ts';
import { listWordPlaces } from './word-places.ts';
import { findBestScore, findChunksByWords, wordMatches } from './word-search.ts';

const CHUNKS = 1_500;
let database: TestDatabase;

/** One long document whose words are as unevenly common as those of a language: word n is about n times rarer than the first. */
beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  const { versionId } = await insertTestDocument(db, database.scope, { id: 'long', paragraphs: [] });
  await sql`
    insert into chunk (twin_id, document_id, version_id, ordinal, start_offset, end_offset, content, token_count, tsv)
    select 1, 'long', ${versionId}, n, 0, length(content), content, 1, setweight(text_words(content), 'B')
    from generate_series(0, ${CHUNKS - 1}::integer) as n,
    lateral (
      select string_agg('w' || floor(exp(7 * (('x' || substr(md5(n || '.' || place), 1, 7))::bit(28)::integer / 268435456.0))), ' ') as content
      from generate_series(1, 30) as place
    ) as text`.execute(db);
  await sql`select gin_clean_pending_list('chunk_words_keys')`.execute(db);
  await sql`analyze chunk_words`.execute(db);
}, 60_000);

afterAll(() => database.close());

const questions = Array.from({ length: 40 }, (_, index) => `w${3 + index} w${20 + 7 * index} w${90 + 19 * index}`);

test('of the best chunks, the index names nearly all when a fifth of them are scored, with their exact scores', async () => {
  const { db, scope } = database;
  let named = 0;
  let best = 0;
  for (const question of questions) {
    const search = { ...(await askWords(db, scope, question)), range: wholeLibrary(), limit: 20 };
    const exact = await findChunksByWords(db, scope, search);
    const { sets } = chooseWordCandidates(search.words, { libraryChunkCount: CHUNKS, chunksMax: CHUNKS / 5 });
    const { rows } = await wordMatches(scope, search, sets).execute(db);
    const scores = new Map(rows.map(({ chunkId, score }) => [chunkId, score]));
    for (const { chunkId, score } of exact) {
      if (!scores.has(chunkId)) continue;
      expect(scores.get(chunkId)).toBe(score);
      named += 1;
    }
    best += exact.length;
  }
  expect(named / best).toBeGreaterThanOrEqual(0.98);
}, 60_000);

test('a large library is searched through the index, with the same result as a scan where all candidates fit', async () => {
  const { db, scope } = database;
  const search = { ...(await askWords(db, scope, questions[0] ?? '')), limit: 50 };
  const scanned = await findChunksByWords(db, scope, { ...search, range: wholeLibrary() });
  expect(await findChunksByWords(db, scope, { ...search, range: wholeLibrary(1_000_000) })).toEqual(scanned);
  const rare = { ...search, words: search.words.toSorted((a, b) => a.chunkCount - b.chunkCount).slice(0, 1) };
  const { sets } = chooseWordCandidates(rare.words, { libraryChunkCount: CHUNKS, chunksMax: 100 });
  const { rows } = await sql<{ 'QUERY PLAN': string }>`
    explain ${wordMatches(scope, { ...rare, range: wholeLibrary() }, sets)}`.execute(db);
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('Bitmap Index Scan on chunk_words_keys');
});

test('however many sets of words are asked for, the index is asked and not every chunk', async () => {
  const { db, scope } = database;
  const { words } = await askWords(db, scope, Array.from({ length: 10 }, (_none, n) => `w${40 + 11 * n}`).join(' '));
  const ids = words.map(({ id }) => id);
  const sets = ids.flatMap((id, index) => ids.slice(index + 1, index + 3).map((other) => [id, other]));
  expect(sets.length).toBeGreaterThan(12);
  const search = { words, range: wholeLibrary(CHUNKS), limit: 50 };
  const { rows } = await sql<{ 'QUERY PLAN': string }>`explain ${wordMatches(scope, search, sets)}`.execute(db);
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('Bitmap Index Scan on chunk_words_keys');
});

/** A plugin that keeps what is asked of the database. */
function createListener() {
  const asked: unknown[] = [];
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => {
      asked.push(node);
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  };
  return { asked, plugin };
}

test.each([
  [3_001, 1_000],
  [20_000, 1_000],
  [30_000, 1_500],
  [40_000, 2_000],
  [100_000, 2_000],
  [1_000_000, 4_000],
])('of %i chunks about %i are scored at first: a twentieth, within bounds', async (chunkCount, chunksMax) => {
  const { db, scope } = database;
  const firstAskedOf = async (chunksWithWords: number) => {
    const { asked, plugin } = createListener();
    const words = [chunksWithWords - 2, 1, 1].map((count, index) => ({ id: index + 1, chunkCount: count, weight: 1 }));
    const search = { words, range: wholeLibrary(chunkCount), limit: 5 };
    await findChunksByWords(db.withPlugin(plugin), scope, search);
    return { asked: asked[0], withAnyWord: wordMatches(scope, search, [[1], [2], [3]]).toOperationNode() };
  };
  const fitting = await firstAskedOf(chunksMax);
  expect(fitting.asked).toEqual(fitting.withAnyWord);
  const oneMore = await firstAskedOf(chunksMax + 1);
  expect(oneMore.asked).not.toEqual(oneMore.withAnyWord);
});

test('the best score of some chunks is the first of the search', async () => {
  const { db, scope } = database;
  const asked = await askWords(db, scope, questions[1] ?? '');
  const { words } = asked;
  const found = await findChunksByWords(db, scope, { ...asked, range: wholeLibrary(), limit: 5 });
  const chunkIds = found.map(({ chunkId }) => chunkId).toReversed();
  expect(await findBestScore(db, scope, { words, chunkIds })).toBe(found[0]?.score);
  expect(await findBestScore(db, scope, { words: [], chunkIds })).toBe(0);
});

test('the places of words are counted through title and text, whatever characters words are made of', async () => {
  const { db, scope } = database;
  const paragraphs = ['A queen bee and her queen.', String.raw`It's o'brien\smith here`];
  const { chunkIds } = await insertTestDocument(db, scope, { id: 'places', title: 'Queens', paragraphs });
  const lexemes = ['queen', 'bee', String.raw`o'brien\smith`];
  const places = await listWordPlaces(db, scope, { chunkIds, lexemes });
  const ofFirst = places.filter(({ chunkId }) => chunkId === chunkIds[0]);
  expect(Object.fromEntries(ofFirst.map(({ lexeme, places }) => [lexeme, places]))).toEqual({
    queen: [1, 3, 7],
    bee: [4],
  });
  expect(await listWordPlaces(db, scope, { chunkIds, lexemes: [] })).toEqual([]);
});
