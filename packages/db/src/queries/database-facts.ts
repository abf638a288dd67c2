import { sql } from 'kysely';
import type { Db } from '../db.ts';
import { listAppliedMigrations, listPendingMigrations, listUnknownMigrations } from '../migrate.ts';
import { postgresErrorCode } from '../postgres-error.ts';
import { type EmptySpace, listEmptySpace } from './empty-space.ts';
import { type IndexBuild, isBeingIndexed, listIndexBuilds } from './index-builds.ts';
import { listMissingColumns } from './missing-columns.ts';

/** What a check of the database's health looks at. Sizes are bytes, times seconds. */
export interface DatabaseFacts {
  /** Migrations of this release that have not run. */
  pendingMigrations: string[];
  /** Those that a newer release has run. */
  unknownMigrations: string[];
  /** Where all have run: columns of theirs that are not there, as `table.column`. */
  missingColumns: string[];
  /** Whether this connection is encrypted; null where there is no network, as in the embedded one. */
  encrypted: boolean | null;
  maxConnections: number;
  usedConnections: number;
  /** Settings that trade what a power cut may destroy for speed. */
  unsafeSettings: string[];
  /** A cancelled build leaves one behind: it costs every write and serves no read. */
  invalidIndexes: string[];
  /** Those being made, which are not valid until they are done. */
  indexBuilds: IndexBuild[];
  /** Vector indexes over many rows that no search has used since the statistics began. */
  unusedVectorIndexes: { name: string; rows: number }[];
  /** This connection's. */
  role: string;
  /** Tables of this schema, those of extensions left out, that this role neither owns nor may change as a member of the owner. */
  othersTables: { name: string; owner: string }[];
  bloatedTables: { name: string; deadRows: number; liveRows: number }[];
  /** Tables and indexes that are mostly empty. */
  emptySpace: EmptySpace[];
  /** Statements and transactions of this database that go on for a minute or more, not those of this check. */
  longRunning: { seconds: number; state: string; query: string }[];
  /** From pg_stat_statements, or why it could not be asked. */
  slowStatements: SlowStatement[] | StatementsUnknown;
  databaseBytes: number;
}

export interface SlowStatement {
  meanMs: number;
  calls: number;
  query: string;
}

/** `not-installed`: the extension; `not-loaded`: it is not among shared_preload_libraries; `not-allowed`: for this role. */
export type StatementsUnknown = 'not-installed' | 'not-loaded' | 'not-allowed' | 'failed';

const deadRowsMin = 10_000;
const indexedRowsMin = 10_000;

/**
 * Reads all facts. Every query is one that any role may make; what it may not see is left out.
 *
 * @param longSeconds a shorter minute, for tests.
 */
export async function findDatabaseFacts(
  db: Db,
  { longSeconds = 60 }: { longSeconds?: number } = {},
): Promise<DatabaseFacts> {
  const facts = await db.connection().execute(async (session) => {
    const applied = await listAppliedMigrations(session);
    const pendingMigrations = listPendingMigrations(applied);
    return {
      ...(await findServerFacts(session)),
      ...(await findTableFacts(session)),
      indexBuilds: await listIndexBuilds(session),
      pendingMigrations,
      unknownMigrations: listUnknownMigrations(applied),
      missingColumns: pendingMigrations.length > 0 ? [] : await listMissingColumns(session),
      emptySpace: await listEmptySpace(session),
      longRunning: await listLongRunning(session, longSeconds),
    };
  });
  // A statement that is not allowed would spoil a shared session: it gets one of its own.
  return { ...facts, slowStatements: await listSlowStatements(db).catch(reasonOf) };
}

async function findServerFacts(db: Db) {
  const { rows } = await sql<
    Pick<
      DatabaseFacts,
      'role' | 'encrypted' | 'maxConnections' | 'usedConnections' | 'unsafeSettings' | 'databaseBytes'
    >
  >`
    select current_user as role, (select ssl from pg_stat_ssl where pid = pg_backend_pid()) as encrypted,
      current_setting('max_connections')::integer as "maxConnections",
      (select count(*) from pg_stat_activity where backend_type = 'client backend') as "usedConnections",
      array(select name from unnest(array['fsync', 'full_page_writes']) as name where current_setting(name) = 'off')
        as "unsafeSettings",
      pg_database_size(current_database()) as "databaseBytes"`.execute(db);
  const [facts] = rows;
  if (facts === undefined) throw new Error('A query that always returns one row returned none');
  return facts;
}

async function findTableFacts(db: Db) {
  const { rows: invalid } = await sql<{ name: string }>`
    select c.relname as name from pg_index i join pg_class c on c.oid = i.indexrelid
    where not i.indisvalid and c.relnamespace = current_schema()::regnamespace
      and not ${isBeingIndexed(sql`i.indrelid`)} order by 1`.execute(db);
  const { rows: unusedVectorIndexes } = await sql<{ name: string; rows: number }>`
    select s.indexrelname as name, t.n_live_tup as rows
    from pg_stat_user_indexes s
    join pg_stat_user_tables t on t.relid = s.relid
    join pg_class c on c.oid = s.indexrelid
    join pg_am m on m.oid = c.relam and m.amname in ('hnsw', 'ivfflat')
    where s.schemaname = current_schema() and s.idx_scan = 0 and t.n_live_tup > ${indexedRowsMin}`.execute(db);
  const { rows: bloatedTables } = await sql<DatabaseFacts['bloatedTables'][number]>`
    select relname as name, n_dead_tup as "deadRows", n_live_tup as "liveRows" from pg_stat_user_tables
    where schemaname = current_schema() and n_dead_tup > ${deadRowsMin} and n_dead_tup > n_live_tup / 5
    order by n_dead_tup desc`.execute(db);
  const { rows: othersTables } = await sql<DatabaseFacts['othersTables'][number]>`
    select relname as name, pg_get_userbyid(relowner) as owner from pg_class c
    where relkind = 'r' and relnamespace = current_schema()::regnamespace and not pg_has_role(relowner, 'usage')
      and not exists (select from pg_depend d
        where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
    order by 1`.execute(db);
  return { invalidIndexes: invalid.map(({ name }) => name), unusedVectorIndexes, bloatedTables, othersTables };
}

async function listLongRunning(db: Db, longSeconds: number): Promise<DatabaseFacts['longRunning']> {
  const { rows } = await sql<DatabaseFacts['longRunning'][number]>`
    select extract(epoch from clock_timestamp() - xact_start)::integer as seconds, state, left(query, 120) as query
    from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'
      and xact_start <= clock_timestamp() - make_interval(secs => ${longSeconds})
    order by xact_start limit 5`.execute(db);
  return rows;
}

async function listSlowStatements(db: Db): Promise<DatabaseFacts['slowStatements']> {
  const { rows: found } = await sql`select where to_regclass('pg_stat_statements') is not null`.execute(db);
  if (found.length === 0) return 'not-installed';
  const { rows } = await sql<SlowStatement>`
    select mean_exec_time::float8 as "meanMs", calls, left(query, 120) as query from pg_stat_statements
    where dbid = (select oid from pg_database where datname = current_database()) and calls >= 10 and mean_exec_time > 250
    order by total_exec_time desc limit 5`.execute(db);
  return rows;
}

function reasonOf(error: unknown): StatementsUnknown {
  const reasons: Record<string, StatementsUnknown> = { '42501': 'not-allowed', '55000': 'not-loaded' };
  return reasons[postgresErrorCode(error) ?? ''] ?? 'failed';
}
