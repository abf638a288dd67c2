import * as fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/create-test-database.ts';
import { emptyLibrary } from '../testing/empty-library.ts';
import { insertTestDocument } from '../testing/insert-test-document.ts';
import { searchWords } from '../testing/search-words.ts';
import { deleteChunks } from './chunks.ts';
import { recountWords } from './words.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => emptyLibrary(database.db));
afterAll(() => database.close());

/** Words that the stemmer leaves as they are, so that a test can count them itself. */
const words = ['hive', 'drone', 'wax', 'smoker', 'veil', 'pollen', 'swarm', 'comb'];
const text = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 200 }).map((list) => list.join(' '));
const paragraphs = fc.array(text, { minLength: 1, maxLength: 5 });

/** BM25 as it is written down, over texts in memory. */
function scoreInMemory(texts: readonly { title: string; text: string }[], question: string): number[] {
  const chunks = texts.map(({ title, text }) => [title, ...text.split(' ')]);
  return chunks.map((chunk) =>
    [...new Set(question.split(' '))].reduce((sum, word) => {
      const holding = chunks.filter((other) => other.includes(word)).length;
      const rarity = Math.log(1 + (chunks.length - holding + 0.5) / (holding + 0.5));
      const occurrences = chunk.filter((other) => other === word).length + (chunk[0] === word ? 1 : 0);
      return sum + (rarity * occurrences * 2.6) / (occurrences + 1.6 * (1 - 0.85 + (0.85 * chunk.length) / 100));
    }, 0),
  );
}

/** Every word with how many chunks hold it, by its row and as counted from the chunks themselves. */
async function listCounts(): Promise<{ kept: unknown[]; counted: unknown[] }> {
  const { db } = database;
  const kept = await sql`select lexeme, chunk_count from word where chunk_count <> 0 order by lexeme`.execute(db);
  const counted = await sql`
    select lexeme, count(*)::integer as chunk_count
    from (select unnest(array[''] || tsvector_to_array(tsv)) collate "C" as lexeme from chunk) as held
    group by 1 order by 1`.execute(db);
  return { kept: kept.rows, counted: counted.rows };
}

test('scores are those of BM25, on any documents', async () => {
  const { db, scope } = database;
  await fc.assert(
    fc.asyncProperty(fc.array(paragraphs, { minLength: 1, maxLength: 4 }), text, async (documents, question) => {
      await emptyLibrary(db);
      const texts: { chunkId: number; title: string; text: string }[] = [];
      for (const [index, document] of documents.entries()) {
        // The title is indexed with each chunk, and counts twice.
        const title = words[index] ?? '';
        const { chunkIds } = await insertTestDocument(db, scope, { id: `${index}`, title, paragraphs: document });
        texts.push(...chunkIds.map((chunkId, at) => ({ chunkId, title, text: document[at] ?? '' })));
      }
      const expected = scoreInMemory(texts, question);
      const found = await searchWords(db, scope, { question, limit: 100 });
      const scores = new Map(found.map(({ chunkId, score }) => [chunkId, score]));
      for (const [index, { chunkId }] of texts.entries()) {
        // Vectors hold single precision.
        expect(scores.get(chunkId) ?? 0).toBeCloseTo(expected[index] ?? 0, 4);
      }
      expect(found.map(({ score }) => score)).toEqual(found.map(({ score }) => score).toSorted((a, b) => b - a));
    }),
    { numRuns: 25 },
  );
}, 60_000);

test('counts are exact after any documents came, were cut anew and went', async () => {
  const { db, scope } = database;
  const step = fc.record({
    kind: fc.constantFrom('insert', 'delete document', 'delete chunks'),
    id: fc.constantFrom('a', 'b', 'c', 'd'),
    paragraphs,
    visibility: fc.constantFrom('live' as const, 'hidden' as const),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 10 }), async (steps) => {
      await emptyLibrary(db);
      const versions = new Map<string, number>();
      for (const { kind, id, ...document } of steps) {
        if (kind === 'delete chunks') {
          await db.transaction().execute((tx) => deleteChunks(tx, scope, [versions.get(id) ?? 0]));
          continue;
        }
        await db.deleteFrom('document').where('id', '=', id).execute();
        if (kind === 'delete document') continue;
        versions.set(id, (await insertTestDocument(db, scope, { id, ...document })).versionId);
      }
      const { kept, counted } = await listCounts();
      expect(kept).toEqual(counted);
      const unpaired = sql`select from chunk full join chunk_words on chunk_id = id where id is null or chunk_id is null`;
      expect((await unpaired.execute(db)).rows).toEqual([]);
    }),
    { numRuns: 25 },
  );
}, 60_000);

test('the last chunk with a word takes the word along', async () => {
  const { db, scope } = database;
  await insertTestDocument(db, scope, { id: 'secret', paragraphs: ['xylophone'] });
  await db.deleteFrom('document').where('id', '=', 'secret').execute();
  expect(await db.selectFrom('word').select('lexeme').where('lexeme', '<>', '').execute()).toEqual([]);
});

test('documents that come and go at once leave exact counts', async () => {
  const { db, scope } = database;
  const ids = Array.from({ length: 12 }, (_, index) => `${index}`);
  const contents = (id: string): string[] => [`hive ${words[Number(id) % 8]}`, 'wax comb swarm', `only${id}`];
  await Promise.all(ids.map((id) => insertTestDocument(db, scope, { id, paragraphs: contents(id).toReversed() })));
  await Promise.all([
    ...ids.slice(0, 6).map((id) => db.deleteFrom('document').where('id', '=', id).execute()),
    ...ids.map((id) => insertTestDocument(db, scope, { id: `new ${id}`, paragraphs: contents(id) })),
  ]);
  const { kept, counted } = await listCounts();
  expect(kept).toEqual(counted);
});

test('counts that were damaged are made right again', async () => {
  const { db, scope } = database;
  await insertTestDocument(db, scope, { id: 'counted', paragraphs: ['hive wax', 'wax'] });
  await sql`update word set chunk_count = chunk_count + 3 where lexeme in ('', 'wax')`.execute(db);
  await sql`insert into word (twin_id, lexeme, id, chunk_count) values (${scope.twinId}, 'gone', 999, 2)`.execute(db);
  expect(await db.transaction().execute((tx) => recountWords(tx, scope))).toBe(3);
  const { kept, counted } = await listCounts();
  expect(kept).toEqual(counted);
  expect(await db.transaction().execute((tx) => recountWords(tx, scope))).toBe(0);
});

test.each([
  ['readFileSync', 'how is a file read'],
  ['see src/retrieval/word_pieces.ts', 'which pieces'],
  ['max_retry_count', 'retry'],
  ['call client.fetchAll()', 'fetch'],
])('the parts of an identifier are words: %s', async (content, question) => {
  const { db, scope } = database;
  const { chunkIds } = await insertTestDocument(db, scope, { id: 'code', paragraphs: [content] });
  const found = await searchWords(db, scope, { question, limit: 10 });
  expect(found.map(({ chunkId }) => chunkId)).toEqual(chunkIds);
});
