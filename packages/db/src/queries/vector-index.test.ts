import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../client.ts';
import { createTestDatabase, type TestDatabase } from '../testing/create-test-database.ts';
import { graphBytes, ivfflatLists } from '../vector.ts';
import { findDatabaseFacts } from './database-facts.ts';
import {
  activateEmbeddingModel,
  createEmbeddingIndex,
  type EmbeddingModel,
  registerEmbeddingModel,
} from './embedding-models.ts';
import { listIndexBuilds } from './index-builds.ts';
import { findVectorIndex, rebuildVectorIndex } from './vector-index.ts';
import { updateVectorIndexKind } from './vector-index-kind.ts';
import { measureVectorRecall } from './vector-recall.ts';

let database: TestDatabase;
let model: EmbeddingModel;
const rows = 6_000;
const serverUrl = process.env['TEST_DATABASE_URL'] ?? '';

beforeAll(async () => {
  database = await createTestDatabase();
  model = await registerActive('first');
});
afterAll(() => database.close());

async function registerActive(name: string): Promise<EmbeddingModel> {
  const { db, home } = database;
  return await db.transaction().execute(async (tx) => {
    const registered = await registerEmbeddingModel(tx, home, { provider: 'test', name, dimensions: 4 });
    return await activateEmbeddingModel(tx, registered.id);
  });
}

/** Without passages: no foreign key of theirs stands in the way. */
async function insertVectors(): Promise<void> {
  const { db, home, scope } = database;
  const name = `chunk_embedding_${model.id}`;
  await sql`alter table ${sql.table(name)} drop constraint ${sql.ref(`${name}_twin_id_chunk_id_fkey`)}`.execute(db);
  await sql`insert into document (twin_id, id, title, origin) values (${scope.twinId}, 'd', '', 'upload')`.execute(db);
  await sql`
    insert into document_version (twin_id, id, document_id, version_number, content_sha256, file_name, byte_size, stage,
      visibility, chunk_count)
    values (${scope.twinId}, 1, 'd', 1, '', '', 0, 'ready', 'live', ${rows})`.execute(db);
  const vector = sql.raw(home === 'server' ? 'halfvec' : 'vector');
  await sql`
    insert into ${sql.table(name)} (twin_id, chunk_id, version_id, embedding)
    select ${scope.twinId}, n, 1, array[sin(n), cos(n * 0.7), sin(n * 0.3), cos(n * 0.01)]::real[]::${vector}
    from generate_series(1, ${rows}::integer) n`.execute(db);
}

test('a new model has an empty graph on a server, and embedded no index', async () => {
  expect(await findVectorIndex(database.db)).toMatchObject({
    table: `chunk_embedding_${model.id}`,
    wanted: 'hnsw',
    kind: database.home === 'server' ? 'hnsw' : null,
  });
  expect(await measureVectorRecall(database.db, database.scope, { modelId: model.id, questions: 5 })).toEqual({
    questions: 0,
    recall: 1,
  });
});

test('lists are never made on an empty table, but over the rows, by their number', async () => {
  const { db, home } = database;
  await updateVectorIndexKind(db, 'ivfflat');
  model = await registerActive('second');
  expect(await findVectorIndex(db)).toMatchObject({ wanted: 'ivfflat', kind: null });
  expect(await rebuildVectorIndex(db, home, model)).toBe('not-needed');
  await insertVectors();
  expect(await rebuildVectorIndex(db, home, model)).toBe(home === 'server' ? 'built' : 'not-needed');
  expect(await findVectorIndex(db)).toMatchObject(
    home === 'server' ? { kind: 'ivfflat', lists: 6 } : { kind: null, lists: null },
  );
});

test.skipIf(serverUrl === '')('a graph over rows that are there is built with memory that holds it', async () => {
  const { db, home } = database;
  await db.transaction().execute(async (tx) => {
    await sql`set local maintenance_work_mem = '1MB'`.execute(tx);
    await createEmbeddingIndex(tx, home, model);
    const { rows: settings } = await sql<{ bytes: number }>`
      select pg_size_bytes(current_setting('maintenance_work_mem')) as bytes`.execute(tx);
    expect(settings[0]?.bytes).toBeGreaterThanOrEqual(graphBytes(4, rows));
  });
});

test('a search finds nearly all of the nearest, through either kind of index or none', async () => {
  const { db, home, scope } = database;
  for (const kind of ['ivfflat', 'hnsw'] as const) {
    await rebuildVectorIndex(db, home, model, kind);
    expect(await findVectorIndex(db)).toMatchObject({ wanted: kind });
    const { questions, recall } = await measureVectorRecall(db, scope, { modelId: model.id, questions: 20 });
    expect(questions).toBe(20);
    expect(recall).toBeGreaterThanOrEqual(home === 'server' ? 0.95 : 1);
  }
});

/** A build waits for whoever writes, with an index that is there and not valid. */
async function beginWriting(table: string): Promise<{ end: () => Promise<void> }> {
  const [begun, ended] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const writing = database.db.transaction().execute(async (tx) => {
    await sql`lock table ${sql.table(table)} in row exclusive mode`.execute(tx);
    begun.resolve();
    await ended.promise;
  });
  await begun.promise;
  return {
    end: async () => {
      ended.resolve();
      await writing;
    },
  };
}

async function untilBuilding(table: string): Promise<void> {
  const isUnderWay = async () => (await listIndexBuilds(database.db)).some((build) => build.table === table);
  while (!(await isUnderWay())) await sleep(20);
}

test('of two rebuilds at once one builds and the other leaves it to that one; its index is no broken one meanwhile', async () => {
  const { db, home } = database;
  if (home !== 'server') return;
  const table = `chunk_embedding_${model.id}`;
  const write = await beginWriting(table);
  const first = rebuildVectorIndex(db, home, model);
  await untilBuilding(table);
  expect(await rebuildVectorIndex(db, home, model, 'ivfflat')).toBe('under-way');
  expect(await findVectorIndex(db)).toMatchObject({ wanted: 'hnsw' });
  expect(await findDatabaseFacts(db)).toMatchObject({ invalidIndexes: [], indexBuilds: [{ table }] });
  expect(await listIndexBuilds(db, model.id)).toMatchObject([{ table }]);
  expect(await listIndexBuilds(db, model.id + 1)).toEqual([]);
  await write.end();
  expect(await first).toBe('built');
  expect(await findVectorIndex(db)).toMatchObject({ kind: 'hnsw' });
}, 60_000);

test('a rebuild leaves the table to whoever builds an index on it by hand', async () => {
  const { db, home } = database;
  if (home !== 'server') return;
  const table = `chunk_embedding_${model.id}`;
  const write = await beginWriting(table);
  const byHand = sql`create index concurrently by_hand on ${sql.table(table)} using hnsw (embedding halfvec_cosine_ops)`;
  const theirs = byHand.execute(db);
  await untilBuilding(table);
  expect(await rebuildVectorIndex(db, home, model)).toBe('under-way');
  await write.end();
  await theirs;
  const { rows: found } = await sql`
    select from pg_index where indexrelid = to_regclass('by_hand') and indisvalid`.execute(db);
  expect(found).toHaveLength(1);
  await sql`drop index by_hand`.execute(db);
}, 60_000);

test('a rebuild waits for one by a role whose doings it may not see: it may be on this table', async () => {
  const { db, home } = database;
  if (home !== 'server') return;
  const role = `twin_builder_${process.pid}`;
  const table = `chunk_embedding_${model.id}`;
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(db);
  const url = new URL(serverUrl);
  url.pathname = rows[0]?.name ?? '';
  url.username = role;
  url.password = 'x';
  for (const statement of [
    `create role ${role} login password 'x'`,
    `grant create on schema public to ${role}`,
    `grant create on database ${url.pathname.slice(1)} to ${role}`,
  ]) {
    await sql.raw(statement).execute(db);
  }
  onTestFinished(async () => void (await sql.raw(`drop owned by ${role}; drop role ${role}`).execute(db)));
  const limited = await openDatabase({ home: 'server', connectionString: url.toString(), poolMax: 1 });
  const write = await beginWriting(table);
  const byHand = sql`create index concurrently by_hand on ${sql.table(table)} using hnsw (embedding halfvec_cosine_ops)`;
  const theirs = byHand.execute(db);
  await untilBuilding(table);
  const seen = await listIndexBuilds(limited.db);
  const outcome = await rebuildVectorIndex(limited.db, home, model).catch((error: unknown) => error);
  await write.end();
  await theirs;
  await limited.close();
  await sql`drop index by_hand`.execute(db);
  expect(seen).toMatchObject([{ table: '' }]);
  expect(outcome).toBe('under-way');
}, 60_000);

test('a rebuild drops what an interrupted one has left behind, and the index before it', async () => {
  const { db, home } = database;
  if (home !== 'server') return;
  const [left] = (
    await sql<{ name: string }>`
      select indexrelid::regclass::text as name from pg_index join pg_class c on c.oid = indexrelid
      join pg_am m on m.oid = c.relam where m.amname = 'hnsw' and indrelid = ${`chunk_embedding_${model.id}`}::regclass`.execute(
      db,
    )
  ).rows;
  await sql`update pg_index set indisvalid = false where indexrelid = ${left?.name}::regclass`.execute(db);
  expect(await findVectorIndex(db)).toMatchObject({ kind: null });
  expect(await rebuildVectorIndex(db, home, model)).toBe('built');
  expect(await findVectorIndex(db)).toMatchObject({ kind: 'hnsw' });
  const { rows: all } = await sql`select from pg_indexes where tablename = ${`chunk_embedding_${model.id}`}`.execute(
    db,
  );
  // Of the key, of the version, of the vectors.
  expect(all).toHaveLength(3);
});

test('a thousand rows a list, and the root of the rows beyond a million', () => {
  expect([1, 5_000, 1_000_000, 4_000_000].map(ivfflatLists)).toEqual([1, 5, 1_000, 2_000]);
});
