import { sql } from 'kysely';
import type { Db } from '../db.ts';
import type { TwinScope } from '../scope.ts';
import { selectDocuments } from './documents.ts';

export interface DocumentCounts {
  /** Documents that answer questions now. */
  ready: number;
  /** Documents whose newest version is being ingested; one that also has an older, searchable version counts as ready too. */
  inProgress: number;
  /** Documents whose newest version failed. */
  failed: number;
  /** Documents whose newest version was canceled. */
  canceled: number;
  /** All of them, each once. */
  total: number;
}

export interface TableSize {
  name: string;
  /** Postgres' own estimate once the table is large enough for one; exact below. */
  rows: number;
  /** With indexes and out-of-line values. */
  bytes: number;
}

/** Of the documents that were not deleted. */
export async function countDocuments(db: Db, scope: TwinScope): Promise<DocumentCounts> {
  const { rows } = await sql<DocumentCounts>`
    select count(*) filter (where d.live_version_id is not null) as ready,
      count(*) filter (where newest.stage in ('queued', 'reading', 'chunking', 'embedding', 'publishing')) as "inProgress",
      count(*) filter (where newest.stage = 'failed') as failed,
      count(*) filter (where newest.stage = 'canceled') as canceled,
      count(*) as total
    from document d
    left join lateral (
      select v.stage from document_version v
      where v.twin_id = d.twin_id and v.document_id = d.id
      order by v.version_number desc limit 1
    ) newest on true
    where d.twin_id = ${scope.twinId} and d.deleted_at is null`.execute(db);
  return rows[0] ?? { ready: 0, inProgress: 0, failed: 0, canceled: 0, total: 0 };
}

/** Documents whose newest version failed, by the code of the reason. */
export async function countFailures(db: Db, scope: TwinScope): Promise<{ code: string | null; count: number }[]> {
  return await selectDocuments(db, scope)
    .clearSelect()
    .select(({ fn }) => ['version.error_code as code', fn.countAll<number>().as('count')])
    .where('version.stage', '=', 'failed')
    .groupBy('version.error_code')
    .execute();
}

/** Chunks that a search can find. */
export async function countSearchableChunks(db: Db, scope: TwinScope): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select coalesce(sum(v.chunk_count
      - (select count(*) from chunk c where c.twin_id = v.twin_id and c.version_id = v.id and not c.enabled)), 0)::bigint
      as count
    from document_version v
    where v.twin_id = ${scope.twinId} and v.visibility = 'live'`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Every table of this schema, and the job queue's as `jobs.…`; the largest first. */
export async function listTableSizes(db: Db): Promise<TableSize[]> {
  const { rows: tables } = await sql<{ name: string; estimate: number; bytes: number }>`
    select case when n.nspname = 'jobs' then 'jobs.' else '' end || c.relname as name,
      c.reltuples::bigint as estimate, pg_total_relation_size(c.oid) as bytes
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname in (current_schema(), 'jobs') and has_table_privilege(c.oid, 'select')
    order by bytes desc, name`.execute(db);
  const small = tables.filter(({ estimate }) => estimate < EXACT_COUNT_ROWS_MAX).map(({ name }) => name);
  const counts = await countRows(db, small);
  return tables.map(({ name, estimate, bytes }) => ({ name, rows: counts.get(name) ?? estimate, bytes }));
}

/** Counting more rows than this would cost the admin screen noticeable time. */
const EXACT_COUNT_ROWS_MAX = 10_000;

async function countRows(db: Db, tables: string[]): Promise<Map<string, number>> {
  if (tables.length === 0) {
    return new Map();
  }
  const selects = tables.map((name) => sql`select ${name}::text as name, count(*) as count from ${sql.table(name)}`);
  const { rows } = await sql<{ name: string; count: number }>`${sql.join(selects, sql` union all `)}`.execute(db);
  return new Map(rows.map(({ name, count }) => [name, count]));
}

/** Of the whole database on disk, write-ahead log aside. */
export async function findDatabaseSize(db: Db): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`select pg_database_size(current_database()) as bytes`.execute(db);
  return rows[0]?.bytes ?? 0;
}
