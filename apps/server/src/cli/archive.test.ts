import { copyFile, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createBuiltinEmbedder } from '@twin/core/retrieval/builtin-embedder';
import { type DatabaseHandle, openDatabase } from '@twin/db/client';
import type { Db } from '@twin/db/db';
import { initializeDatabase } from '@twin/db/initialize-database';
import { insertBlob } from '@twin/db/queries/blobs';
import { setDatabaseValue } from '@twin/db/queries/cache';
import { setCacheDurability } from '@twin/db/queries/cache-durability';
import { insertConversation } from '@twin/db/queries/conversations';
import { upsertImportedIngestions } from '@twin/db/queries/imported-values';
import { listIngestions } from '@twin/db/queries/ingestion-metadata';
import { insertMessages } from '@twin/db/queries/messages';
import { upsertRateLimitSetting } from '@twin/db/queries/rate-limit-settings';
import { upsertVectors } from '@twin/db/queries/upsert-vectors';
import { getVector, querySimilarVectors } from '@twin/db/queries/vectors';
import { LOCAL_TWIN_ID, mintTwinScope } from '@twin/db/scope';
import { copyUnmigratedDataFolder } from '@twin/db/testing/embedded-test-database';
import { listArchivedRows } from '@twin/db/testing/list-archived-rows';
import { hasStatistics, listIndexes } from '@twin/db/testing/list-indexes';
import { createEmptyDatabase } from '@twin/db/testing/server-test-database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { databaseConfigOf } from '../database-config.ts';
import { parseEnv } from '../env.ts';
import { createTestHome, type TestHome } from '../testing/create-test-home.ts';
import { backUpDatabase } from './back-up-database.ts';
import { restoreDatabase } from './restore-database.ts';

type KeyTables = { auth_user: { id: string; name: string; email: string; emailVerified: boolean } };

const scope = mintTwinScope(LOCAL_TWIN_ID);
const embedder = createBuiltinEmbedder();
const serverUrl = process.env['TEST_DATABASE_URL'] ?? '';
const BACKUP_PASSPHRASE = 'correct horse battery';
let folder: string;
let original: TestHome;
let before: Copied;
const made: (() => Promise<void>)[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twin-archive-'));
  original = await createTestHome();
  before = await fill(original);
  await backUpDatabase(parseEnv(original.variables), join(folder, 'plain.gz'), {});
  await backUpDatabase(parseEnv({ ...original.variables, BACKUP_PASSPHRASE }), join(folder, 'secret'), {
    encrypt: true,
  });
}, 300_000);

afterAll(async () => {
  await original.remove();
  for (const remove of made) await remove();
  await rm(folder, { recursive: true, force: true });
});

interface Copied {
  rows: Awaited<ReturnType<typeof listArchivedRows>>;
  nearest: string[][];
}

/** Words beyond ASCII, line breaks of every kind, binary parts, vectors, a cached value: what a careless format would bend. */
async function fill({ variables }: TestHome): Promise<Copied> {
  const { database } = await initializeDatabase(databaseConfigOf(parseEnv(variables)));
  const texts = Array.from(
    { length: 40 },
    (_none, n) => `Hive ${n} “hums”\n\\ in ${1800 + n}:\r\n\u2028\u2029\u0085${'🐝'.repeat(n % 3)}`,
  );
  const vectors = await embedder.embed(texts, 'passage');
  const model = { provider: embedder.provider, name: embedder.modelName };
  const items = texts.map((content, n) => ({ id: `hive-${n % 4}-chunk-${n}`, content, embedding: vectors[n]! }));
  await upsertVectors(database, scope, model, items);
  const bytes = Uint8Array.from({ length: 300_000 }, (_none, n) => (n * 7919) % 256);
  await insertBlob(database.db, scope, bytes);
  await setDatabaseValue(database.db, scope, { key: 'k', value: '1.0', ttlSeconds: 3600 });
  await upsertRateLimitSetting(database.db, scope, {
    policy: 'chat',
    limit: 7,
    windowSeconds: 60,
    algorithm: 'token-bucket',
  });
  await database.db
    .withTables<KeyTables>()
    .insertInto('auth_user')
    .values({ id: 'ann', name: 'Ann', email: 'ann@example.org', emailVerified: true })
    .execute();
  for (let n = 0; n < 3; n += 1) await converse(database.db, n);
  const all = await readAll(database);
  await database.close();
  return all;
}

/** A question and its answer, with the conversation, all at once. */
async function converse(db: Db, n: number): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const conversation = { title: `Talk ${n}`, userLabel: 'owner', origin: 'app' } as const;
    const { id: conversationId } = await insertConversation(tx, scope, conversation);
    await insertMessages(tx, scope, [
      { conversationId, ordinal: 0, role: 'user', state: 'done', text: `Which hive hums at ${n}?` },
      { conversationId, ordinal: 1, role: 'assistant', state: 'done', text: 'All of them.' },
    ]);
  });
}

/** Everything a copy needs, and what a search finds. */
async function readAll({ db }: Pick<DatabaseHandle, 'db'>): Promise<Copied> {
  const [question] = await embedder.embed(['Which hive hums in 1817?'], 'question');
  const rows = await listArchivedRows(db);
  const nearest = await querySimilarVectors(db, scope, { embedding: question!, limit: 10 });
  return { rows, nearest: nearest.map(({ id, similarity }) => [id, similarity.toFixed(3)]) };
}

async function openAnd<T>(
  variables: Record<string, string>,
  use: (database: DatabaseHandle) => Promise<T>,
): Promise<T> {
  const database = await openDatabase(databaseConfigOf(parseEnv(variables)));
  try {
    return await use(database);
  } finally {
    await database.close();
  }
}

async function emptyFolder(): Promise<Record<string, string>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'twin-restored-'));
  made.push(async () => await rm(dataDir, { recursive: true, force: true }));
  await copyUnmigratedDataFolder(dataDir);
  return { DATA_DIR: dataDir };
}

async function emptyServer(): Promise<Record<string, string>> {
  const database = await createEmptyDatabase(serverUrl);
  made.push(async () => await database.drop());
  return { DATABASE_URL: database.connectionString };
}

/** Each step backs up what the one before filled, loses the next place, and fills it. Gives what each then holds. */
async function drill(start: TestHome, places: TestHome[]): Promise<Copied[]> {
  const restored: Copied[] = [];
  let from = start;
  for (const [step, into] of places.entries()) {
    const file = join(folder, `drill-${step}-${places.length}`);
    const env = (home: TestHome) => parseEnv({ ...home.variables, BACKUP_PASSPHRASE });
    await backUpDatabase(env(from), file, { encrypt: step % 2 === 0 });
    await into.lose();
    expect(await openAnd(into.variables, tablesOf), `step ${step}: everything is lost`).toEqual([]);
    await restoreDatabase(env(into), file);
    restored.push(await openAnd(into.variables, readAll));
    from = into;
  }
  return restored;
}

async function tablesOf({ db }: DatabaseHandle): Promise<string[]> {
  return (await db.introspection.getTables()).map(({ name }) => name);
}

async function filledHome(serverUrl: string): Promise<TestHome> {
  const home = await createTestHome({ serverUrl });
  made.push(() => home.remove());
  await restoreDatabase(parseEnv(home.variables), join(folder, 'plain.gz'));
  return home;
}

test('the drill in a folder: back up, lose it, restore in its place: the same rows, hashes and nearest neighbours', async () => {
  const home = await filledHome('');
  expect(await drill(home, [home])).toEqual([before]);
}, 300_000);

test.skipIf(serverUrl === '')(
  'the drill on a server, and from each home into the other: back up, lose it, restore in its place',
  async () => {
    const [server, small] = [await filledHome(serverUrl), await filledHome('')];
    const places = [server, small, small, server];
    expect(await drill(server, places)).toEqual(places.map(() => before));
  },
  180_000,
);

test('a restored database goes on, also where a server that loses its cache in a crash was started on it before', async () => {
  expect(before.rows['chunk']?.some((row) => row.includes('\u2028\u2029'))).toBe(true);
  const target = serverUrl === '' ? await emptyFolder() : await emptyServer();
  const { database } = await initializeDatabase(databaseConfigOf(parseEnv(target)));
  await setCacheDurability(database.db, 'unlogged');
  await database.close();
  await restoreDatabase(parseEnv({ ...target, BACKUP_PASSPHRASE }), join(folder, 'secret'));
  await openAnd(target, async (restored) => {
    expect(await readAll(restored)).toEqual(before);
    expect(await listIndexes(restored.db)).toEqual(
      await openAnd(original.variables, async ({ db }) => await listIndexes(db)),
    );
    expect(await hasStatistics(restored.db, 'chunk')).toBe(true);
    const [embedding] = await embedder.embed(['A new hive'], 'passage');
    const model = { provider: embedder.provider, name: embedder.modelName };
    await upsertVectors(restored, scope, model, [{ id: 'new', content: 'A new hive', embedding: embedding! }]);
    expect(await getVector(restored.db, scope, 'new')).toMatchObject({ content: 'A new hive' });
  });
}, 300_000);

test.skipIf(serverUrl === '')(
  'a backup made while others write is of one moment: no answer without its question, nor either without its conversation',
  async () => {
    const during = await openAnd(original.variables, async ({ db }) => {
      const writing = { isOn: true, count: 3 };
      const writers = Array.from({ length: 4 }, async () => {
        for (; writing.isOn; writing.count += 1) await converse(db, writing.count);
      });
      await expect.poll(() => writing.count).toBeGreaterThan(3);
      await backUpDatabase(parseEnv(original.variables), join(folder, 'during.gz'), {});
      writing.isOn = false;
      await Promise.all(writers);
      return writing.count;
    });
    const target = await emptyServer();
    await restoreDatabase(parseEnv(target), join(folder, 'during.gz'));
    await openAnd(target, async ({ db }) => {
      const { rows, nearest } = await readAll({ db });
      expect(nearest).toEqual(before.nearest);
      const talks = rows['conversation'] ?? [];
      expect(talks.length).toBeGreaterThan(3);
      expect(talks.length).toBeLessThan(during + 4);
      expect(rows['message']).toHaveLength(2 * talks.length);
      expect(rows['chunk']).toEqual(before.rows['chunk']);
    });
  },
  300_000,
);

test('a damaged, cut or foreign file, a wrong passphrase and a full database are refused; nothing is left behind', async () => {
  const target = await emptyFolder();
  const env = parseEnv({ ...target, BACKUP_PASSPHRASE });
  const refusalOf = async (name: string, environment = env) =>
    await restoreDatabase(environment, join(folder, name)).then(
      () => 'restored',
      (error: unknown) => (error as { code?: string }).code,
    );
  const secret = await readFile(join(folder, 'secret'));
  secret[secret.length - 100]! ^= 1;
  await writeFile(join(folder, 'changed'), secret);
  await copyFile(join(folder, 'plain.gz'), join(folder, 'cut.gz'));
  await truncate(join(folder, 'cut.gz'), 8_000);
  await writeFile(join(folder, 'foreign'), 'A letter to Ines');

  expect(await refusalOf('changed')).toBe('damaged');
  expect(await refusalOf('cut.gz')).toBe('damaged');
  expect(await refusalOf('foreign')).toBe('damaged');
  expect(await refusalOf('missing')).toBe('not-an-archive');
  expect(await refusalOf('secret', parseEnv({ ...target, BACKUP_PASSPHRASE: 'another passphrase' }))).toBe('damaged');

  const { database } = await initializeDatabase(databaseConfigOf(env));
  await upsertImportedIngestions(database.db, scope, [
    { id: 'call', userId: 'u', documentCount: 0, documents: [], createdAt: 0, expiresAt: 4e12 },
  ]);
  await database.close();
  expect(await refusalOf('plain.gz'), 'of data that is all in one small table').toBe('not-empty');
  await openAnd(target, async ({ db }) => {
    expect(await listIngestions(db, scope, 10)).toHaveLength(1);
    await db.deleteFrom('ingestion_metadata').execute();
  });
  expect(await refusalOf('plain.gz')).toBe('restored');
  expect(await refusalOf('plain.gz')).toBe('not-empty');
}, 180_000);
