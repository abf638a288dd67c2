import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/create-test-database.ts';
import { insertTestDocument } from '../testing/insert-test-document.ts';
import { listHeadingStretches } from './heading-stretches.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

test('the headings within each stretch, in order, also of a text that is kept in parts', async () => {
  const { db, scope } = database;
  const { versionId } = await insertTestDocument(db, scope, { id: 'bees', paragraphs: ['Bees', 'They dance.'] });
  const blocks = (...given: [string, number, number][]) =>
    JSON.stringify(given.map(([kind, start, end]) => ({ kind, start, end })));
  const first = blocks(['heading', 0, 4], ['paragraph', 6, 17]);
  await sql`update document_text set blocks = ${first}::jsonb where version_id = ${versionId}`.execute(db);
  await sql`insert into document_text (twin_id, version_id, start_offset, canonical_text, blocks)
    values (${scope.twinId}, ${versionId}, 19, 'Wax' || E'\n\n' || 'Oil', ${blocks(['heading', 19, 22], ['heading', 24, 27])}::jsonb)`.execute(
    db,
  );
  const place = (startOffset: number, endOffset: number) => ({ versionId, startOffset, endOffset });
  expect(await listHeadingStretches(db, scope, [place(0, 27), place(6, 17), place(20, 25)])).toEqual([
    [
      { startOffset: 0, endOffset: 4 },
      { startOffset: 19, endOffset: 22 },
      { startOffset: 24, endOffset: 27 },
    ],
    [],
    [
      { startOffset: 19, endOffset: 22 },
      { startOffset: 24, endOffset: 27 },
    ],
  ]);
  expect(await listHeadingStretches(db, scope, [])).toEqual([]);
});
