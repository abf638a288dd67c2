import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/create-test-database.ts';
import { insertTestDocument } from '../testing/insert-test-document.ts';
import { insertChunks, listChunkSpans, type NewChunk, storeAllChunks } from './chunks.ts';
import { findVersion } from './versions.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

function chunkOf(ordinal: number, content: string, headingPath: string[] = []): NewChunk {
  const place = { startOffset: 10 * ordinal, endOffset: 10 * ordinal + 5, pageFrom: ordinal, pageTo: null };
  return { ordinal, ...place, headingPath, content, tokenCount: 7, embeddedSha256: Uint8Array.of(ordinal, 0, 255) };
}

test('chunks are kept as they are, with words of title and headings above those of the passage, and only once', async () => {
  const { db, scope } = database;
  const { versionId } = await insertTestDocument(db, scope, { id: 'hive', paragraphs: [] });
  const odd = 'quote " brace } backslash \\ tab\t half \ud83d';
  const chunks = [chunkOf(1, odd, ['Queen, "the"', '{NULL}']), chunkOf(0, 'wax holds'), chunkOf(2, '緑茶 🐝')];
  const version = { documentId: 'hive', versionId, title: 'Bees' };
  const insert = async () => await db.transaction().execute((tx) => insertChunks(tx, scope, version, chunks));
  expect(await insert()).toBe(3);
  expect(await insert()).toBe(0);
  const { rows } = await sql`
    select ordinal, start_offset as "startOffset", end_offset as "endOffset", page_from as "pageFrom", page_to as "pageTo",
      heading_path as "headingPath", content, token_count as "tokenCount", encode(embedded_sha256, 'hex') as "embeddedSha256",
      tsv = setweight(text_words(concat_ws(E'\\n', 'Bees', nullif(array_to_string(heading_path, E'\\n'), ''))), 'A')
        || setweight(text_words(content), 'B') as "hasItsWords"
    from chunk where version_id = ${versionId} order by id`.execute(db);
  const stored = [chunkOf(0, 'wax holds'), { ...chunks[0], content: odd.replace('\ud83d', '\ufffd') }, chunks[2]];
  expect(rows).toEqual(
    stored.map((chunk) => {
      return { ...chunk, embeddedSha256: Buffer.from(chunk?.embeddedSha256 ?? []).toString('hex'), hasItsWords: true };
    }),
  );
});

test('all chunks of a version and its next stage are stored together, unless some are there or it stands elsewhere', async () => {
  const { db, scope } = database;
  const changes = {
    stage: 'embedding',
    chunk_count: 2,
    visibility: 'hidden',
    languageSample: 'The bees and the wax',
  } as const;
  const store = async (id: string, stage: string, others: NewChunk[]) => {
    const { versionId } = await insertTestDocument(db, scope, { id, paragraphs: [], visibility: 'none' });
    await sql`update document_version set stage = ${stage}, language = 'german' where id = ${versionId}`.execute(db);
    const version = { documentId: id, versionId, title: 'Bees' };
    await db.transaction().execute(async (tx) => await insertChunks(tx, scope, version, others));
    const stored = await storeAllChunks(db, scope, version, [chunkOf(0, 'hives'), chunkOf(1, 'waxes')], changes);
    expect((await findVersion(db, scope, versionId))?.stage).toBe(stored === undefined ? stage : 'embedding');
    const { rows } = await sql<{ id: number; content: string; words: string }>`
      select id, content, tsv::text as words from chunk where version_id = ${versionId} order by ordinal`.execute(db);
    return { stored: stored?.version.language, chunkIds: stored?.chunkIds, rows };
  };
  const { stored, chunkIds, rows } = await store('all', 'chunking', []);
  expect(stored).toBe('english');
  expect(chunkIds).toEqual(rows.map(({ id }) => id));
  // By the language that is told in the same statement.
  expect(rows).toEqual([
    { id: expect.any(Number), content: 'hives', words: expect.stringContaining("'hive'") },
    { id: expect.any(Number), content: 'waxes', words: expect.stringContaining("'wax'") },
  ]);
  expect(await store('elsewhere', 'canceled', [])).toEqual({ stored: undefined, rows: [] });
  const other = await store('others', 'chunking', [chunkOf(5, 'another worker')]);
  expect(other).toMatchObject({ stored: undefined, rows: [{ content: 'another worker' }] });
});

test('a batch is one text, however many chunks it is of', async () => {
  const { db, scope } = database;
  const { versionId } = await insertTestDocument(db, scope, { id: 'texts', paragraphs: [] });
  const version = { documentId: 'texts', versionId, title: 'Texts' };
  const texts = new Set<string>();
  await db.transaction().execute(async (tx) => {
    const watched = tx.withPlugin({
      transformQuery: ({ node }) => {
        texts.add(node.kind === 'RawNode' ? node.sqlFragments.join('$') : node.kind);
        return node;
      },
      transformResult: async ({ result }) => await Promise.resolve(result),
    });
    for (const batch of [[chunkOf(0, 'one')], [chunkOf(1, 'two'), chunkOf(2, 'three')]]) {
      await insertChunks(watched, scope, version, batch);
    }
  });
  expect(texts.size).toBe(1);
});

test('the chunks of a stretch of text are found by their places, also where ordinals leave gaps', async () => {
  const { db, scope } = database;
  const paragraphs = Array.from({ length: 40 }, (_, index) =>
    `Paragraph ${index} ${'goes on '.repeat(index % 5)}`.trim(),
  );
  const { versionId } = await insertTestDocument(db, scope, { id: 'gaps', paragraphs });
  await sql`update chunk set ordinal = 1000 + ordinal * ordinal where version_id = ${versionId}`.execute(db);
  const all = await listChunkSpans(db, scope, versionId);
  expect(all).toHaveLength(40);
  const end = all.at(-1)!.endOffset;
  for (const [startOffset, endOffset] of [
    [0, end],
    [0, 1],
    [1, 60],
    [200, 201],
    [333, 700],
    [end, end + 9],
    [7, 7],
  ] as const) {
    const wanted = all.filter((chunk) => chunk.startOffset >= startOffset && chunk.startOffset < endOffset);
    expect(await listChunkSpans(db, scope, versionId, { startOffset, endOffset })).toEqual(wanted);
  }
  expect(await listChunkSpans(db, scope, -1, { startOffset: 0, endOffset: 10 })).toEqual([]);
});
