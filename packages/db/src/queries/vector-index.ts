import { sql } from 'kysely';
import type { DatabaseHome } from '../client.ts';
import type { Db } from '../db.ts';
import { liftStatementBound, restoreStatementBound } from '../lift-statement-bound.ts';
import { IVFFLAT_ROWS_MIN, indexDefinition, type VectorIndexKind, vectorStorage } from '../vector.ts';
import { type EmbeddingModel, embeddingTable, findActiveEmbeddingModel } from './embedding-models.ts';
import { raiseBuildMemory } from './index-build-memory.ts';
import { isBeingIndexed } from './index-builds.ts';
import { findVectorIndexKind, updateVectorIndexKind } from './vector-index-kind.ts';

/** The index that finds the nearest vectors of the model that answers. */
export interface VectorIndexFacts {
  table: string;
  wanted: VectorIndexKind;
  /** Null where there is none: every search compares all vectors. */
  kind: VectorIndexKind | null;
  /** Lists of an `ivfflat` index, which it was given when it was built. */
  lists: number | null;
  bytes: number;
  /** Counted where there is no index or no statistics, which go when an embedded database is closed; else by these, which lag a little. */
  liveRows: number;
  /** By the statistics. */
  deadRows: number;
}

/** Undefined before the first vector. */
export async function findVectorIndex(db: Db): Promise<VectorIndexFacts | undefined> {
  const model = await findActiveEmbeddingModel(db);
  if (model === undefined) return undefined;
  const table = `chunk_embedding_${model.id}`;
  const [index] = (await listVectorIndexes(db, table)).filter(({ isValid }) => isValid);
  const { rows } = await sql<{ liveRows: number; deadRows: number }>`
    select n_live_tup as "liveRows", n_dead_tup as "deadRows" from pg_stat_user_tables
    where relid = ${table}::regclass`.execute(db);
  const statistics = rows[0] ?? { liveRows: 0, deadRows: 0 };
  const isCounted = index === undefined || statistics.liveRows === 0;
  return {
    table,
    wanted: await findVectorIndexKind(db),
    kind: index?.kind ?? null,
    lists: index?.lists ?? null,
    bytes: index?.bytes ?? 0,
    liveRows: isCounted ? await countVectors(db, model.id) : statistics.liveRows,
    deadRows: statistics.deadRows,
  };
}

async function countVectors(db: Db, modelId: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from ${embeddingTable(modelId)}`.execute(db);
  return rows[0]?.count ?? 0;
}

interface VectorIndex {
  name: string;
  kind: VectorIndexKind;
  lists: number | null;
  isValid: boolean;
  bytes: number;
}

async function listVectorIndexes(db: Db, table: string): Promise<VectorIndex[]> {
  const { rows } = await sql<VectorIndex>`
    select c.relname as name, m.amname as kind, i.indisvalid as "isValid", pg_relation_size(c.oid) as bytes,
      (select split_part(option, '=', 2)::integer from unnest(c.reloptions) as option where option like 'lists=%') as lists
    from pg_index i
    join pg_class c on c.oid = i.indexrelid
    join pg_am m on m.oid = c.relam and m.amname in ('hnsw', 'ivfflat')
    where i.indrelid = ${table}::regclass
    order by i.indisvalid desc, c.oid desc`.execute(db);
  return rows;
}

/** Any number: it only has to be the same in every process that builds. */
const BUILD_LOCK = 7_203_482;

/** `not-needed`: so few vectors want none, or this home has none. `under-way`: another process is at it, and goes on. */
export type RebuildOutcome = 'built' | 'not-needed' | 'under-way';

/**
 * Builds the index on a model's vectors anew, of the kind that is wanted, beside the old one, which answers meanwhile and is
 * dropped afterwards; reads and writes go on. What an earlier call left unfinished is dropped first. Then dead rows are
 * removed, which is quick without those in the old index.
 *
 * One process builds at a time: two would each drop the other's index, as the old one or as an unfinished one. The lock ends
 * with the session, however that ends. A build that somebody started by hand is waited for in the same way: two on one table
 * can wait for each other. So is one by a role whose doings are hidden from this one: it may be on this table.
 *
 * @param kind wanted from now on, for all indexes; left as it is while another process builds.
 */
export async function rebuildVectorIndex(
  db: Db,
  home: DatabaseHome,
  model: EmbeddingModel,
  kind?: VectorIndexKind,
): Promise<RebuildOutcome> {
  const { index } = vectorStorage(home, model.dimensions);
  if (index === undefined) {
    if (kind !== undefined) await updateVectorIndexKind(db, kind);
    return 'not-needed';
  }
  return await db.connection().execute(async (session) => {
    const { rows } = await sql<{ taken: boolean }>`select pg_try_advisory_lock(${BUILD_LOCK}) as taken`.execute(
      session,
    );
    if (rows[0]?.taken !== true) return 'under-way';
    try {
      await liftStatementBound(session);
      if (await isTableBeingIndexed(session, `chunk_embedding_${model.id}`)) return 'under-way';
      if (kind !== undefined) await updateVectorIndexKind(session, kind);
      return await replaceIndexes(session, model, index);
    } finally {
      await restoreStatementBound(session);
      // They fail only on a broken connection, which the pool discards.
      await sql`reset maintenance_work_mem`.execute(session).catch(() => undefined);
      await sql`select pg_advisory_unlock(${BUILD_LOCK})`.execute(session).catch(() => undefined);
    }
  });
}

async function isTableBeingIndexed(db: Db, table: string): Promise<boolean> {
  const { rows } = await sql<{ is: boolean }>`select ${isBeingIndexed(sql`${table}::regclass`)} as is`.execute(db);
  return rows[0]?.is === true;
}

async function replaceIndexes(
  session: Db,
  model: EmbeddingModel,
  index: NonNullable<ReturnType<typeof vectorStorage>['index']>,
): Promise<RebuildOutcome> {
  const table = embeddingTable(model.id);
  const kind = await findVectorIndexKind(session);
  const count = await countVectors(session, model.id);
  const present = await listVectorIndexes(session, `chunk_embedding_${model.id}`);
  await dropIndexes(
    session,
    present.filter(({ isValid }) => !isValid),
  );
  if (kind === 'ivfflat' && count < IVFFLAT_ROWS_MIN) return 'not-needed';
  await raiseBuildMemory(session, model, count, 'session');
  await sql`create index concurrently on ${table} using ${indexDefinition(kind, index, count)}`.execute(session);
  await dropIndexes(
    session,
    present.filter(({ isValid }) => isValid),
  );
  await sql`vacuum analyze ${table}`.execute(session);
  return 'built';
}

async function dropIndexes(db: Db, indexes: readonly VectorIndex[]): Promise<void> {
  for (const { name } of indexes) await sql`drop index concurrently ${sql.table(name)}`.execute(db);
}
