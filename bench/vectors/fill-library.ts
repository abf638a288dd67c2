import { cpus } from 'node:os';
import {
  createEmbeddingIndex,
  createEmbeddingTable,
  type EmbeddingModel,
  registerEmbeddingModel,
} from '@twin/db/queries/embedding-models';
import type { TestDatabase } from '@twin/db/testing/create-test-database';
import { insertEmbeddings } from '@twin/db/testing/insert-embeddings';
import { graphBytes, vectorText } from '@twin/db/vector';
import { sql } from 'kysely';
import { createClusteredVectors } from '../clustered-vectors.ts';

type ClusteredVectors = ReturnType<typeof createClusteredVectors>;

export const CHUNKS_PER_DOCUMENT = 100;
/** Rows of one insert, and inserts under way at once. */
const BATCH = 500;
const WRITERS = 2;
const COMPUTED_ROWS_MAX = 100_000;
const NOISES = 2_003;

export interface FilledLibrary {
  modelId: number;
  loadSeconds: number;
  buildSeconds: number;
  tableBytes: number;
  indexBytes: number;
  /** Further vectors of the same kind, to ask for. */
  next: () => Float32Array;
}

/**
 * Documents `d0`, `d1` … of a hundred vectors each, in the product's tables. No passages stand behind the vectors: their
 * words would take longer than all that is measured. The index is built over the rows, as after a restore.
 */
export async function fillLibrary(database: TestDatabase, rows: number, dimensions: number): Promise<FilledLibrary> {
  const { db, home } = database;
  const vectors = createClusteredVectors({ dimensions, clusters: 2_000, seed: 1 });
  const model = await registerBareModel(database, { name: `rows-${rows}`, dimensions, isIndexed: false });
  await insertDocuments(database, rows / CHUNKS_PER_DOCUMENT);
  const loadSeconds = await secondsOf(() => load(database, model.id, rows, vectors));
  const table = `chunk_embedding_${model.id}`;
  // The whole graph, with a quarter more: what does not fit is inserted row by row, ten times as slowly.
  const buildBytes = Math.max(2 * 1024 ** 3, 1.25 * graphBytes(dimensions, rows));
  const buildSeconds = await secondsOf(async () => {
    await db.transaction().execute(async (tx) => {
      await sql`set local statement_timeout = 0`.execute(tx);
      await sql`set local maintenance_work_mem = ${sql.lit(`${Math.ceil(buildBytes / 1024 ** 2)}MB`)}`.execute(tx);
      await sql`set local max_parallel_maintenance_workers = ${sql.lit(cpus().length)}`.execute(tx);
      await createEmbeddingIndex(tx, home, model);
    });
  });
  await vacuum(db, table);
  const { rows: sizes } = await sql<{ tableBytes: number; indexBytes: number }>`
    select pg_relation_size(${table}::regclass) as "tableBytes",
      pg_relation_size((select indexrelid from pg_index join pg_class c on c.oid = indexrelid join pg_am m on m.oid = c.relam
        where indrelid = ${table}::regclass and m.amname = 'hnsw')) as "indexBytes"`.execute(db);
  const { tableBytes, indexBytes } = sizes[0] ?? { tableBytes: 0, indexBytes: 0 };
  return { modelId: model.id, loadSeconds, buildSeconds, tableBytes, indexBytes, next: vectors.next };
}

/** A model whose vectors need no passages behind them, indexed from the start where the product does that, or not yet. */
export async function registerBareModel(
  { db, home }: TestDatabase,
  { name, dimensions, isIndexed }: { name: string; dimensions: number; isIndexed: boolean },
): Promise<EmbeddingModel> {
  return await db.transaction().execute(async (tx) => {
    const registered = await registerEmbeddingModel(tx, home, { provider: 'bench', name, dimensions });
    const table = sql.table(`chunk_embedding_${registered.id}`);
    if (!isIndexed) {
      await sql`drop table ${table}`.execute(tx);
      await createEmbeddingTable(tx, home, registered);
    }
    await sql`alter table ${table}
      drop constraint ${sql.ref(`chunk_embedding_${registered.id}_twin_id_chunk_id_fkey`)}`.execute(tx);
    return registered;
  });
}

export async function insertDocuments({ db, scope }: TestDatabase, count: number): Promise<void> {
  await sql`delete from document`.execute(db);
  await sql`
    insert into document (twin_id, id, title, origin)
    select ${scope.twinId}, 'd' || n, '', 'upload' from generate_series(0, ${count - 1}::integer) n`.execute(db);
  await sql`
    with version as (
      insert into document_version (twin_id, id, document_id, version_number, content_sha256, file_name, byte_size, stage,
        visibility, chunk_count)
      select twin_id, substr(id, 2)::integer, id, 1, '', '', 0, 'ready', 'live', ${CHUNKS_PER_DOCUMENT}::integer from document
      returning *
    )
    update document d set live_version_id = version.id from version where d.id = version.document_id`.execute(db);
  // As the trigger on chunks counts them.
  await sql`
    insert into word (twin_id, lexeme, id, chunk_count) values (${scope.twinId}, '', 0, ${count * CHUNKS_PER_DOCUMENT})
    on conflict (twin_id, lexeme) do update set chunk_count = excluded.chunk_count`.execute(db);
  await sql`vacuum analyze document`.execute(db);
  await sql`vacuum analyze document_version`.execute(db);
}

/** The first rows are computed here; the others by the database from them, which takes a tenth of the time. */
async function load(database: TestDatabase, modelId: number, rows: number, vectors: ClusteredVectors): Promise<void> {
  await loadComputed(database, modelId, Math.min(rows, COMPUTED_ROWS_MAX), vectors.next);
  if (rows <= COMPUTED_ROWS_MAX) return;
  const table = sql.table(`chunk_embedding_${modelId}`);
  const noises = Array.from({ length: NOISES }, vectors.noise);
  await database.db.connection().execute(async (session) => {
    await sql`set statement_timeout = 0`.execute(session);
    await sql`create temporary table noise (id integer primary key, embedding ${sql.raw(`halfvec(${noises[0]?.length})`)})`.execute(
      session,
    );
    for (const [id, noise] of noises.entries()) {
      await sql`insert into noise values (${id}, ${vectorText(noise)})`.execute(session);
    }
    for (let from = COMPUTED_ROWS_MAX; from < rows; from += COMPUTED_ROWS_MAX) {
      await sql`
        insert into ${table} (twin_id, chunk_id, version_id, embedding)
        select twin_id, chunk_id + ${from}::integer, version_id + ${from / CHUNKS_PER_DOCUMENT}::integer,
          l2_normalize(e.embedding + noise.embedding)
        from ${table} e join noise on noise.id = (e.chunk_id * 7919 + ${from}::bigint) % ${NOISES}::integer
        where chunk_id < ${Math.min(COMPUTED_ROWS_MAX, rows - from)} order by chunk_id`.execute(session);
    }
    await sql`drop table noise`.execute(session);
    await sql`reset statement_timeout`.execute(session);
  });
}

async function loadComputed(
  { db, scope }: TestDatabase,
  modelId: number,
  rows: number,
  next: () => Float32Array,
): Promise<void> {
  let from = 0;
  const write = async () => {
    while (from < rows) {
      const batch = Array.from({ length: Math.min(BATCH, rows - from) }, (_none, index) => from + index);
      from += batch.length;
      const embeddings = batch.map((chunkId) => {
        return { chunkId, versionId: Math.floor(chunkId / CHUNKS_PER_DOCUMENT), embedding: next() };
      });
      await insertEmbeddings(db, scope, modelId, embeddings);
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, write));
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

async function vacuum(db: TestDatabase['db'], table: string): Promise<void> {
  await db.connection().execute(async (session) => {
    await sql`set statement_timeout = 0`.execute(session);
    await sql`vacuum analyze ${sql.table(table)}`.execute(session);
    await sql`reset statement_timeout`.execute(session);
  });
}
