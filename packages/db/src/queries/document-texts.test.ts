import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/create-test-database.ts';
import { insertTestDocument } from '../testing/insert-test-document.ts';
import { listTextParts, storeTextPart } from './document-texts.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

async function storeTexts(versionId: number, texts: readonly string[]): Promise<void> {
  let start = 0;
  for (const text of texts) {
    const part = { start, text, blocks: [{ text }] };
    await database.db.transaction().execute(async (tx) => await storeTextPart(tx, database.scope, versionId, part));
    start += text.length;
  }
}

async function read(versionId: number, characterCount?: number): Promise<string[]> {
  const texts: string[] = [];
  for await (const { text } of listTextParts(database.db, database.scope, versionId, characterCount)) texts.push(text);
  return texts;
}

test('a reading that starts over leaves nothing of the one before, also where its parts were others', async () => {
  const { versionId } = await insertTestDocument(database.db, database.scope, {
    id: 'anew',
    paragraphs: ['At first.'],
  });
  await storeTexts(versionId, ['First, ', 'second, ', 'third.']);
  expect(await read(versionId)).toEqual(['First, ', 'second, ', 'third.']);

  await storeTexts(versionId, ['First and second, ', 'third.']);
  expect(await read(versionId)).toEqual(['First and second, ', 'third.']);
  await storeTexts(versionId, ['All.']);
  expect(await read(versionId)).toEqual(['All.']);
});

test('the parts end with the text, whether its length is told or not', async () => {
  const { versionId } = await insertTestDocument(database.db, database.scope, { id: 'told', paragraphs: [] });
  await storeTexts(versionId, ['One ', 'two ', 'three']);
  for (const told of [undefined, 13, 1_000]) expect(await read(versionId, told)).toEqual(['One ', 'two ', 'three']);
});
