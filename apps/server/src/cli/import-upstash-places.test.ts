import { randomUUID } from 'node:crypto';
import { createBuiltinEmbedder } from '@twin/core/retrieval/builtin-embedder';
import type { Db } from '@twin/db/db';
import { migrations } from '@twin/db/migrate';
import { deleteDocuments, markDocumentsDeleted } from '@twin/db/queries/deleted-documents';
import { getVector } from '@twin/db/queries/vectors';
import { LOCAL_TWIN_ID, mintTwinScope } from '@twin/db/scope';
import { insertTestDocument } from '@twin/db/testing/insert-test-document';
import { type FakeUpstashServer, startFakeUpstashServer } from '@twin/testing/fake-upstash-server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseEnv } from '../env.ts';
import { createTestHome, type TestHome } from '../testing/create-test-home.ts';
import type { ImportReport } from './describe-import-result.ts';
import { importUpstash } from './import-upstash.ts';

/*
 * What happens where vectors meet: others for the same place, files, and those of the pass before.
 */

const scope = mintTwinScope(LOCAL_TWIN_ID);
const embedder = createBuiltinEmbedder();
let home: TestHome;
let upstash: FakeUpstashServer;
let variables: Record<string, string>;

beforeEach(async () => {
  home = await createTestHome({ isMigrated: true });
  upstash = await startFakeUpstashServer({ vectors: { dimension: 256, namespaces: new Map() } });
  variables = {
    ...home.variables,
    UPSTASH_VECTOR_REST_URL: upstash.vectorUrl,
    UPSTASH_VECTOR_REST_TOKEN: upstash.token,
  };
});

afterEach(async () => {
  await upstash.close();
  await home.remove();
});

async function runImport(): Promise<{ report: ImportReport; exitCode: number | undefined }> {
  const { data, exitCode } = await importUpstash(parseEnv(variables), { yes: true });
  return { report: data as ImportReport, exitCode };
}

async function withDatabase<T>(read: (db: Db) => Promise<T>): Promise<T> {
  return await home.look(async ({ db }) => await read(db));
}

async function giveFile(db: Db, versionId: number): Promise<void> {
  await db.updateTable('document_version').set({ blob_id: randomUUID() }).where('id', '=', versionId).execute();
}

async function vectorOf(text: string): Promise<number[]> {
  const [vector] = await embedder.embed([text], 'passage');
  return [...(vector ?? [])];
}

test('vectors that want one place all arrive, and a later pass finds each where it was put', async () => {
  const texts = ['The first of three.', 'The second of three.', 'The third of three.'];
  const metadata = { documentId: 'guide', chunkIndex: 0 };
  const [first, second, third] = await Promise.all(texts.map(vectorOf));
  upstash.vectors.namespaces = new Map([
    [
      '',
      [
        { id: 'a', vector: first!, data: texts[0]!, metadata },
        { id: 'b', vector: second!, data: texts[1]!, metadata },
        { id: 'guide', vector: third!, data: texts[2]! },
      ],
    ],
  ]);
  const { text } = await importUpstash(parseEnv(variables), { dryRun: true });
  expect(text).toContain('1 passage, 2 passage of its own document (its place was taken)');
  expect(text).toMatch(/b → guide~[0-9a-f]{16}, document/);

  const moved = { passage: 1, 'passage of its own document (its place was taken)': 2 };
  const { report, exitCode } = await runImport();
  expect(exitCode).toBe(0);
  expect(report.namespaces).toMatchObject([{ pass: { written: 3 }, verdict: { outcomes: moved, passed: true } }]);
  expect((await runImport()).report.namespaces).toMatchObject([{ pass: { written: 0 }, verdict: { outcomes: moved } }]);
  const contents = await withDatabase(async (db) => await db.selectFrom('chunk').select('content').execute());
  expect(contents.map(({ content }) => content).toSorted()).toEqual(texts);
}, 120_000);

test('a vector that two indexes share is parted when one of them changes it; the other one keeps what it says', async () => {
  const shared = { id: 'guide', vector: await vectorOf('Shared.'), data: 'Shared.' };
  const changed = { ...shared, vector: await vectorOf('Changed.'), data: 'Changed.' };
  const other = await startFakeUpstashServer({ vectors: { dimension: 256, namespaces: new Map([['', [shared]]]) } });
  try {
    const here = variables;
    const there = { ...variables, UPSTASH_VECTOR_REST_URL: other.vectorUrl };
    upstash.vectors.namespaces = new Map([['', [shared]]]);
    await runImport();
    variables = there;
    expect((await runImport()).report.namespaces).toMatchObject([{ verdict: { outcomes: { passage: 1 } } }]);
    upstash.vectors.namespaces.set('', [changed]);
    variables = here;
    const parted = { 'passage of its own document (its place was taken)': 1 };
    expect((await runImport()).report.namespaces).toMatchObject([{ verdict: { outcomes: parted, passed: true } }]);
    variables = there;
    expect((await runImport()).report.namespaces).toMatchObject([{ pass: { written: 0 }, verdict: { passed: true } }]);
    other.vectors.namespaces.set('', [changed]);
    expect((await runImport()).report.namespaces).toMatchObject([{ pass: { written: 1 }, verdict: { passed: true } }]);
    await withDatabase(async (db) =>
      expect(await getVector(db, scope, 'guide')).toMatchObject({ content: 'Changed.' }),
    );
  } finally {
    await other.close();
  }
}, 120_000);

test('what is replaced at the source under new ids takes the old places; nothing of the old is left, nothing new is lost', async () => {
  const metadata = { documentId: 'guide', chunkIndex: 0 };
  const vector = await vectorOf('Old.');
  upstash.vectors.namespaces = new Map([['', [{ id: 'old', vector, data: 'Old.', metadata }]]]);
  await runImport();
  upstash.vectors.namespaces.set('', [{ id: 'new', vector: await vectorOf('New.'), data: 'New.', metadata }]);
  const replaced = await runImport();
  expect(replaced.report.namespaces).toMatchObject([{ verdict: { outcomes: { passage: 1 }, passed: true } }]);
  const [only] = upstash.vectors.namespaces.get('') ?? [];
  upstash.vectors.namespaces.set('', [{ ...only!, metadata: { documentId: 'guide', chunkIndex: 4 } }]);
  await runImport();
  await withDatabase(async (db) => {
    expect(await getVector(db, scope, 'guide-chunk-0')).toBeUndefined();
    expect(await getVector(db, scope, 'guide-chunk-4')).toMatchObject({ content: 'New.' });
  });
}, 120_000);

test('a file in the way is counted, and once it is gone the vector comes; a file that came later stays', async () => {
  const guide = { id: 'guide', vector: await vectorOf('Guide.'), data: 'Guide.' };
  const atlas = { id: 'atlas', vector: await vectorOf('Atlas.'), data: 'Atlas.' };
  upstash.vectors.namespaces = new Map([['', [guide, atlas]]]);
  await withDatabase(async (db) => {
    const { versionId } = await insertTestDocument(db, scope, { id: 'guide', paragraphs: ['A file.'] });
    await giveFile(db, versionId);
  });
  const outcomes = { passage: 1, 'skipped: a file here has its id': 1 };
  expect((await runImport()).report.namespaces).toMatchObject([{ verdict: { outcomes, passed: true } }]);
  await withDatabase(async (db) => {
    await db.transaction().execute(async (tx) => await markDocumentsDeleted(tx, scope, ['guide']));
    // A file takes the place of the other one.
    await db.transaction().execute(async (tx) => await deleteDocuments(tx, scope, ['atlas']));
    const { versionId } = await insertTestDocument(db, scope, { id: 'atlas', paragraphs: ['A file.'] });
    await giveFile(db, versionId);
  });
  upstash.vectors.namespaces.set('', [guide]);
  const second = await runImport();
  expect(second.exitCode).toBe(0);
  expect(second.report.namespaces).toMatchObject([{ pass: { written: 1 }, verdict: { outcomes: { passage: 1 } } }]);
  await withDatabase(async (db) => {
    expect(await getVector(db, scope, 'guide')).toMatchObject({ content: 'Guide.' });
    const ids = await db.selectFrom('document').select('id').orderBy('id').execute();
    expect(ids.map(({ id }) => id)).toEqual(['atlas', 'guide']);
  });
}, 120_000);

test('a dry run before the schema is brought up to date says so, and does not take the library for empty', async () => {
  upstash.vectors.namespaces = new Map([['', [{ id: 'guide', vector: await vectorOf('Guide.'), data: 'Guide.' }]]]);
  await withDatabase(async (db) => {
    const last = Object.keys(migrations).at(-1) ?? '';
    await db
      .withTables<{ kysely_migration: { name: string } }>()
      .deleteFrom('kysely_migration')
      .where('name', '=', last)
      .execute();
  });
  await expect(importUpstash(parseEnv(variables), { dryRun: true })).rejects.toThrow(
    'its schema is of an earlier release',
  );
}, 120_000);

test('a namespace that is gone at the source goes here, after the plan has said so', async () => {
  upstash.vectors.namespaces = new Map([
    ['', [{ id: 'stays', vector: await vectorOf('Stays.'), data: 'Stays.' }]],
    ['notes', [{ id: 'goes', vector: await vectorOf('Goes.'), data: 'Goes.' }]],
  ]);
  await runImport();
  upstash.vectors.namespaces.delete('notes');
  const { text } = await importUpstash(parseEnv(variables), { dryRun: true });
  expect(text).toContain('notes: gone there; the 1 vectors that came from it are deleted here');
  const { report, exitCode } = await runImport();
  expect(exitCode).toBe(0);
  expect(report.namespaces).toContainEqual(
    expect.objectContaining({ namespace: 'notes', pass: expect.objectContaining({ deleted: 1 }) }),
  );
  await withDatabase(async (db) => {
    expect(await db.selectFrom('document').select('id').execute()).toEqual([{ id: 'stays' }]);
  });
}, 120_000);
