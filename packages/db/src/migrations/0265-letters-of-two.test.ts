import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrations } from '../migrate.ts';
import { createTestDatabase, type TestDatabase } from '../testing/create-test-database.ts';
import { insertTestDocument } from '../testing/insert-test-document.ts';
import { listStoredWords } from '../testing/list-stored-words.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

test.each([
  ['Straße', 'Strasse'],
  ['STRAẞE', 'Straße'],
  ['œuvre', 'oeuvre'],
  ['ŒUVRE', 'œuvre'],
  ['Æsop', 'Aesop'],
  ['Ǽsop', 'aesop'],
  ['ılık', 'ilik'],
  ['Þór', 'Thor'],
  ['Sigurður', 'Sigurdur'],
  ['Għargħur', 'Gharghur'],
])('%s and %s are the same words', async (one, other) => {
  const { rows } = await sql<{ same: boolean }>`
    select text_words(${one}, language) = text_words(${other}, language) as same
    from unnest(array['english', 'german', 'french', 'turkish', 'simple']::regconfig[]) as language`.execute(
    database.db,
  );
  expect(rows.map(({ same }) => same)).toEqual([true, true, true, true, true]);
});

/** As `0014-words-of-any-language` has it. */
const before = `create or replace function plain_characters(content text) returns text language sql immutable parallel safe return
  translate(normalize(regexp_replace(normalize(content, NFKD), '[\\u0300-\\u036f]', '', 'g'), NFKC), 'øØłŁđĐ', 'oOlLdD')`;

test('chunks from before are found as if they had come after, and one that is switched off stays so', async () => {
  const { db, scope } = database;
  const english = [
    'The office is in Hauptstraße 5.',
    'Her œuvre of the 1920s.',
    'The strasse and the bees.',
    'The bees.',
  ];
  const german = [
    'Die Straße ist nicht groß und die Bienen sind in der Sonne.',
    'Der Mokka ist heiß, œuvre nicht.',
    'Das ist die Hauptstraße5 und nicht die Straße.',
  ];
  const insert = async (db: TestDatabase['db']) => {
    await insertTestDocument(db, scope, { id: 'a', title: 'Æsop', paragraphs: english });
    await insertTestDocument(db, scope, { id: 'b', paragraphs: german });
  };
  const wordsOf = async (db: TestDatabase['db']) =>
    (await listStoredWords(db))
      .map((word) => Object.values({ ...word, weight: word.weight.toFixed(4) }).join(' '))
      .toSorted();
  const other = await createTestDatabase();
  await insert(other.db);
  const expected = await wordsOf(other.db);
  await other.close();
  await sql.raw(before).execute(db);
  await insert(db);
  await sql`update chunk_words set enabled = false where chunk_id = (select min(id) from chunk)`.execute(db);
  expect(await wordsOf(db)).not.toEqual(expected);
  await db.transaction().execute(async (tx) => await migrations['0265-letters-of-two']?.up(tx));
  expect(await wordsOf(db)).toEqual(expected);
  for (const word of ['hauptstrass', 'oeuvr', 'strass', 'aesop']) expect(expected.join(' ')).toContain(`${word} `);
  const { rows } = await sql<{ off: number }>`
    select count(*)::integer as off from chunk_words where not enabled`.execute(db);
  expect(rows).toEqual([{ off: 1 }]);
});
