import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/create-test-database.ts';
import { insertTestDocument } from '../testing/insert-test-document.ts';
import { hasTextFrom, listTextParts, storeTextPart } from './document-texts.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

interface Target {
  id: number;
  documentId: string;
}

async function insertAt(id: string, stage: string): Promise<Target> {
  const { db, scope } = database;
  const { versionId } = await insertTestDocument(db, scope, { id, paragraphs: [], visibility: 'none' });
  await sql`delete from document_text where version_id = ${versionId}`.execute(db);
  await sql`update document_version set stage = ${stage} where id = ${versionId}`.execute(db);
  return { id: versionId, documentId: id };
}

async function storeTexts(version: Target, texts: readonly string[]): Promise<void> {
  let start = 0;
  for (const text of texts) {
    const part = { start, text, blocks: [{ text }] };
    const stored = await storeTextPart(database.db, database.scope, version, { part, changes: {} });
    expect(stored?.version.id).toBe(version.id);
    start += text.length;
  }
}

async function read({ id }: Target, characterCount?: number): Promise<string[]> {
  const texts: string[] = [];
  for await (const { text } of listTextParts(database.db, database.scope, id, characterCount)) texts.push(text);
  return texts;
}

test('a reading that starts over leaves nothing of the one before, also where its parts were others', async () => {
  const version = await insertAt('anew', 'reading');
  for (const texts of [['First, ', 'second, ', 'third.'], ['First and second, ', 'third.'], ['All.']]) {
    await storeTexts(version, texts);
    expect(await read(version)).toEqual(texts);
  }
});

test('an empty part behind others is none, and leaves nothing of an earlier reading either', async () => {
  const version = await insertAt('empty', 'reading');
  await storeTexts(version, ['Head, ', 'left over, ', 'left over.']);
  await storeTexts(version, ['Head, ', '']);
  expect(await read(version)).toEqual(['Head, ']);
  expect(await hasTextFrom(database.db, database.scope, version.id, 6)).toBe(false);
  await storeTexts(version, ['']);
  expect(await read(version)).toEqual(['']);
});

test('the parts end with the text, whether its length is told or not', async () => {
  const version = await insertAt('told', 'reading');
  const texts = ['One ', 'two ', 'three'];
  await storeTexts(version, texts);
  for (const told of [undefined, 13, 1_000]) expect(await read(version, told)).toEqual(texts);
});

test('the last part ends the stage and names a document that nobody named; of what is not read any more nothing is stored', async () => {
  const { db, scope } = database;
  const part = { start: 0, text: 'All of it.', blocks: [] };
  const changes = { stage: 'chunking', character_count: 10 } as const;
  const end = async (id: string, { stage = 'reading', isDeleted = false, unnamed = id }) => {
    const version = await insertAt(id, stage);
    if (isDeleted) await sql`update document set deleted_at = now() where id = ${id}`.execute(db);
    const names = { unnamed, title: 'Its own title' };
    const stored = await storeTextPart(db, scope, version, { part, changes, names });
    const { rows } = await sql<{ title: string }>`select title from document where id = ${id}`.execute(db);
    return [stored?.version.stage, stored?.document?.title, rows[0]?.title, await read(version)];
  };
  expect(await end('unnamed', {})).toEqual(['chunking', 'Its own title', 'Its own title', ['All of it.']]);
  expect(await end('named', { unnamed: 'Another name' })).toEqual(['chunking', 'named', 'named', ['All of it.']]);
  expect(await end('canceled', { stage: 'canceled', unnamed: 'x' })).toEqual([undefined, undefined, 'canceled', []]);
  expect(await end('deleted', { isDeleted: true })).toEqual([undefined, undefined, 'deleted', []]);
});
