import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type DatabaseConfig, openDatabase } from './client.ts';
import type { Db } from './db.ts';
import { applyMigrations, listAppliedMigrations, migrateToLatest, migrations } from './migrate.ts';
import { getDatabaseValue } from './queries/cache.ts';
import { findDocumentText } from './queries/document-texts.ts';
import { LOCAL_TWIN_ID, mintTwinScope } from './scope.ts';
import { startChild } from './testing/child-process.ts';
import { createTestDatabase } from './testing/create-test-database.ts';
import { copyUnmigratedDataFolder } from './testing/embedded-test-database.ts';
import { listStoredDocuments } from './testing/list-stored-documents.ts';
import { searchWords } from './testing/search-words.ts';
import { createEmptyDatabase } from './testing/server-test-database.ts';

const serverUrl = process.env['TEST_DATABASE_URL'];
const MIGRATOR = new URL('./testing/children/migrate-and-die.ts', import.meta.url);
const ALL = Object.keys(migrations);
async function emptyDatabase(): Promise<{ config: DatabaseConfig; target: string }> {
  if (serverUrl) {
    const empty = await createEmptyDatabase(serverUrl);
    onTestFinished(async () => await empty.drop());
    const { connectionString } = empty;
    return { config: { home: 'server', connectionString, poolMax: 4 }, target: connectionString };
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'digital-twin-migrate-'));
  onTestFinished(async () => await rm(dataDir, { recursive: true, force: true }));
  await copyUnmigratedDataFolder(dataDir);
  return { config: { home: 'embedded', dataDir }, target: dataDir };
}

async function listTables(db: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select tablename as name from pg_tables
    where schemaname = current_schema() and tablename not like 'kysely_%' order by 1`.execute(db);
  return rows.map(({ name }) => name);
}

test('an empty database is brought up to date, and an up-to-date one left alone', async () => {
  const { config } = await emptyDatabase();
  const { db, close } = await openDatabase(config);
  expect(await migrateToLatest(db)).toEqual({ applied: ALL });
  expect(await listTables(db)).toContain('document_version');
  expect(await migrateToLatest(db)).toEqual({ applied: [] });
  await close();
}, 120_000);

/** How many statements it takes to migrate an empty database. */
async function countStatements(): Promise<number> {
  const { target } = await emptyDatabase();
  const child = startChild(MIGRATOR, [target]);
  expect(await child.ended).toBe(0);
  return Number(child.lines.at(-1));
}

test('a migration killed after any statement is done whole by the next start', async () => {
  const { config, target } = await emptyDatabase();
  const third = Math.floor((await countStatements()) / 3);
  // In the bookkeeping before the migrations' transaction, once in each third of what follows, and with all done but the commit.
  const deaths = [5, ...[0, third, 2 * third].map((start) => start + randomInt(6, third - 6)), ALL.at(-1)];
  for (const death of deaths) {
    const child = startChild(MIGRATOR, [target, String(death)]);
    expect(await child.ended, `killed after statement ${death}`).toBe('SIGKILL');
    const { db, close } = await openDatabase(config);
    expect(await listTables(db), `killed after statement ${death}`).toEqual([]);
    await close();
  }
  const { db, close } = await openDatabase(config);
  expect(await migrateToLatest(db)).toEqual({ applied: ALL });
  expect(await db.selectFrom('twin').select('id').execute()).toEqual([{ id: 1 }]);
  await close();
}, 180_000);

/** A document as the first releases kept it: later ones keep more of it, which the upgrade works out. */
async function insertEarlyDocument(db: Db): Promise<void> {
  const content = 'The harbour froze in 1963.';
  await sql`insert into document (twin_id, id, title, origin) values (1, 'doc-1', 'Harbour', 'upload')`.execute(db);
  await sql`
    insert into document_version (twin_id, document_id, version_number, content_sha256, file_name, byte_size, stage,
      visibility, chunk_count)
    values (1, 'doc-1', 1, sha256('a'), 'harbour.txt', 26, 'ready', 'live', 1)`.execute(db);
  await sql`update document set live_version_id = 1`.execute(db);
  await sql`insert into document_text (twin_id, version_id, canonical_text, blocks) values (1, 1, ${content}, '[]')`.execute(
    db,
  );
  await sql`
    insert into chunk (twin_id, document_id, version_id, ordinal, start_offset, end_offset, content, token_count, tsv)
    values (1, 'doc-1', 1, 0, 0, 26, ${content}, 7, to_tsvector('english', ${content}))`.execute(db);
  await sql`insert into database_cache (key, value, expires_at) values ('greeting', 'Hello', '2999-01-01')`.execute(db);
}

test('a database of an early release is upgraded whole with what is in it, however often that is killed', async () => {
  const { config, target } = await emptyDatabase();
  const early = ALL.slice(0, 4);
  const first = await openDatabase(config);
  await applyMigrations(first.db, early);
  await insertEarlyDocument(first.db);
  const tables = await listTables(first.db);
  await first.close();

  for (const death of ['0013-word-index', ALL.at(-1) ?? '']) {
    const child = startChild(MIGRATOR, [target, death]);
    expect(await child.ended, `killed after ${death}`).toBe('SIGKILL');
    const { db, close } = await openDatabase(config);
    expect(await listTables(db), `killed after ${death}`).toEqual(tables);
    expect(await listAppliedMigrations(db), `killed after ${death}`).toEqual(early);
    await close();
  }
  const { db, close } = await openDatabase(config);
  const scope = mintTwinScope(LOCAL_TWIN_ID);
  expect(await migrateToLatest(db)).toEqual({ applied: ALL.slice(4) });
  expect(await searchWords(db, scope, { question: 'When did the harbour freeze?', limit: 5 })).toHaveLength(1);
  expect(await listStoredDocuments(db, scope)).toMatchObject([{ id: 'doc-1', chunks: 1 }]);
  expect(await findDocumentText(db, scope, 1)).toMatchObject({ start: 0, text: 'The harbour froze in 1963.' });
  expect(await getDatabaseValue(db, scope, 'greeting')).toBe('Hello');
  await close();
}, 180_000);

test('values that an earlier release imported are the first to go as well', async () => {
  const { config } = await emptyDatabase();
  const { db, close } = await openDatabase(config);
  await applyMigrations(db, ALL.slice(0, ALL.indexOf('0160-imported-values')));
  await sql`insert into database_cache (key, value, expires_at)
    values ('brought', '', '2999-01-01'), ('own', '', '2999-01-01')`.execute(db);
  await sql`insert into imported_item (twin_id, source, item_id, outcome, target_id, checksum, pass)
    values (1, 'redis:a', 'brought', 'cache', 'brought', '', 1), (1, 'redis:a', 'own', 'rate limit', 'own', '', 1)`.execute(
    db,
  );
  await migrateToLatest(db);
  const values = await db.selectFrom('database_cache').select(['key', 'imported']).orderBy('key').execute();
  expect(values).toEqual([
    { key: 'brought', imported: true },
    { key: 'own', imported: false },
  ]);
  await close();
}, 60_000);

test('a database that a newer release has migrated is refused, and not touched', async () => {
  const { db, close } = await createTestDatabase();
  await sql`insert into kysely_migration (name, timestamp) values ('9999-future', '2999-01-01T00:00:00.000Z')`.execute(
    db,
  );
  await expect(migrateToLatest(db)).rejects.toMatchObject({
    name: 'StartupError',
    code: 'schema-newer',
    message: 'A newer release has changed this database (9999-future).',
  });
  await close();
});

test('the session keeps its timeouts after migrating', async () => {
  const { config } = await emptyDatabase();
  // One connection: the one that migrates is the one that is asked.
  const { db, close } = await openDatabase(config.home === 'server' ? { ...config, poolMax: 1 } : config);
  const show = async () => (await sql<{ statement_timeout: string }>`show statement_timeout`.execute(db)).rows[0];
  const before = await show();
  await migrateToLatest(db);
  expect(await show()).toEqual(before);
  await close();
}, 120_000);

describe.skipIf(!serverUrl)('on a server (TEST_DATABASE_URL)', () => {
  test('of several processes that start at once one migrates, and all find the schema in place', async () => {
    const { config, target } = await emptyDatabase();
    const children = Array.from({ length: 4 }, () => startChild(MIGRATOR, [target]));
    expect(await Promise.all(children.map(async (child) => await child.ended))).toEqual([0, 0, 0, 0]);
    const { db, close } = await openDatabase(config);
    expect(await db.selectFrom('twin').select('id').execute()).toEqual([{ id: 1 }]);
    expect(await migrateToLatest(db)).toEqual({ applied: [] });
    await close();
  });
});
