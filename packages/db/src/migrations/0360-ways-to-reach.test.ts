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

async function wordsOf(text: string): Promise<string[]> {
  const { rows } = await sql<{ words: string[] }>`
    select tsvector_to_array(text_words(${text}, 'english')) as words`.execute(database.db);
  return rows[0]?.words ?? [];
}

test.each([
  'miriam@okafor-bridges.example',
  'Write to <first.last+post@example.co.uk>.',
  'Größe: büro@beispiel.example',
  '連絡先 info＠beispiel.example',
])('%s is an e-mail address', async (text) => expect(await wordsOf(text)).toContain('emailaddress'));

test.each(['@home', 'Meet me @ 5', 'a @b', 'user@localhost', 'lodash@4.17.21', 'actions/checkout@v4.1.0'])(
  '%s is no e-mail address',
  async (text) => expect(await wordsOf(text)).not.toContain('emailaddress'),
);

test.each([
  '+31 10 555 01 99',
  '+49 (0)30 1234567',
  '(030) 123 45 67',
  '0171/1234567',
  '01 23 45 67 89',
  '01.23.45.67.89',
  '(555) 010-4477',
  '555-010-4477',
  'Tel.: 020 7946 0123, mornings',
  '0049 30 1234567',
  '1-800-555-0199',
])('%s is a telephone number', async (text) => expect(await wordsOf(text)).toContain('telephonenumb'));

test.each([
  '2024-10-14',
  '01.02.2023 10:30',
  '05/06/2023 12:00:00',
  '3.0123456789',
  '1 250 000 000',
  '978-3-16-148410-0',
  '192.168.0.1',
  '00012345678',
  '10:00-11:30, 12 to 14',
  'DE89 3704 0044 0532 0130 00',
  '4111 1111 1111 1111',
  '05/2019 - 08/2021 baker',
  '02/2023-04/2024',
  '01.2019 - 12.2020',
  '01/02/23 - 03/04/24',
  '05.06.23 1000',
  '2024/01/05-2024/02/06',
  'ISBN 0306406152',
  'INV-0123456789',
  'account 0123456789',
])('%s is no telephone number', async (text) => expect(await wordsOf(text)).not.toContain('telephonenumb'));

/** Of plain words what `0090-acronyms-and-characters` has. */
const before = `create or replace function text_words(content text, language regconfig) returns tsvector
  language sql immutable parallel safe return to_tsvector(language, content)`;

test('chunks from before are found as if they had come after', async () => {
  const paragraphs = [
    'Ada Quill, ada@quill.example',
    'Bees dance.',
    'Call +31 10 555 01 99.',
    'Call her.',
    '連絡先 info＠beispiel.example',
  ];
  const { db, scope } = database;
  const other = await createTestDatabase();
  await insertTestDocument(other.db, other.scope, { id: 'a', paragraphs });
  const expected = await listStoredWords(other.db);
  await other.close();
  await sql.raw(before).execute(db);
  await insertTestDocument(db, scope, { id: 'a', paragraphs });
  expect(await listStoredWords(db)).not.toEqual(expected);
  await db.transaction().execute(async (tx) => await migrations['0360-ways-to-reach']?.up(tx));
  expect(await listStoredWords(db)).toEqual(expected);
});
