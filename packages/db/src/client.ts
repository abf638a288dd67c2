import { Kysely, PGliteDialect, PostgresDialect, sql } from 'kysely';
import type { Db } from './db.ts';
import type { EmbeddedPostgres } from './embedded/embedded-postgres.ts';
import { openEmbedded } from './embedded/open-embedded.ts';
import type { Database } from './schema.ts';
import { type OpenServer, openServer, type ServerConfig } from './server/open-server.ts';

/** `embedded`: one connection, in a thread of this process. `server`: a pool. */
export type DatabaseHome = 'embedded' | 'server';

export type DatabaseConfig = { home: 'embedded'; dataDir: string } | ({ home: 'server' } & ServerConfig);

export interface OpenOptions {
  /**
   * For those who only look: a server's database keeps without pgvector where it is not enabled yet, and an embedded one
   * that does not exist is not created but refused.
   */
  leaveAsItIs?: boolean;
}

export interface PoolStatistics {
  max: number;
  open: number;
  idle: number;
  /** Callers waiting for a connection. */
  waiting: number;
}

/** What a job queue in the same database connects through. */
export type JobsConnection =
  | { kind: 'pglite'; pglite: EmbeddedPostgres }
  | { kind: 'connection-string'; connectionString: string; ssl: OpenServer['tls'] };

export interface DatabaseHandle {
  db: Db;
  home: DatabaseHome;
  /** Where the server is, as the connection found it: a name, an address, or the folder of a socket. Null for the embedded one. */
  host: string | null;
  /** As Postgres names itself, e.g. `17.6`. */
  serverVersion: string;
  /** Of pgvector, e.g. `0.8.1`. Where it is not enabled in the database yet, the version that will be. */
  vectorVersion: string;
  /** Sentences for the log: what works, but not as well as it could. */
  warnings: string[];
  jobsConnection: JobsConnection;
  /**
   * Whether a statement has failed because a newer release has changed the schema under this process. Never so for the
   * embedded database, which is one process's.
   */
  hasFailedByNewerSchema(): boolean;
  /** Undefined for the embedded database, which has one connection. */
  poolStatistics(): PoolStatistics | undefined;
  /**
   * Resolves with the reason when the embedded database has died and nothing can be answered any more: the process
   * should end with an error, so that whatever supervises it starts it again. Never resolves for a server.
   */
  lost: Promise<Error>;
  /** Waits for the statements under way, then disconnects; the embedded database is written out and its folder freed. */
  close: () => Promise<void>;
}

/**
 * Opens the database in either of its homes: a Postgres embedded in this process, or a server. Both speak the same SQL,
 * give back the same types (bigint as number, bytea as Uint8Array, `timestamp` read as UTC) and have pgvector.
 *
 * On the embedded home there is one connection. Inside `db.transaction()` use the transaction alone: awaiting `db`
 * there waits for the transaction to end, which waits for you.
 *
 * @throws StartupError saying what is wrong and what to do.
 */
export async function openDatabase(config: DatabaseConfig, options: OpenOptions = {}): Promise<DatabaseHandle> {
  return config.home === 'embedded'
    ? await openEmbeddedHome(config.dataDir, options)
    : await openServerHome(config, options);
}

async function openEmbeddedHome(dataDir: string, options: OpenOptions): Promise<DatabaseHandle> {
  const { postgres, close } = await openEmbedded(dataDir, options);
  const db = new Kysely<Database>({ dialect: new PGliteDialect({ pglite: postgres }) });
  const { rows } = await sql<{ server: string; vector: string }>`
    select current_setting('server_version') as server,
      (select default_version from pg_available_extensions where name = 'vector') as vector`.execute(db);
  return {
    db,
    home: 'embedded',
    host: null,
    serverVersion: rows[0]?.server ?? '',
    vectorVersion: rows[0]?.vector ?? '',
    warnings: [],
    jobsConnection: { kind: 'pglite', pglite: postgres },
    hasFailedByNewerSchema: () => false,
    poolStatistics: () => undefined,
    lost: postgres.lost,
    close,
  };
}

async function openServerHome(config: ServerConfig, options: OpenOptions): Promise<DatabaseHandle> {
  const { pool, hasFailedByNewerSchema, connectionString, tls, host, serverVersion, vectorVersion, warnings } =
    await openServer(config, options);
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  return {
    db,
    home: 'server',
    host,
    serverVersion,
    vectorVersion,
    warnings,
    jobsConnection: { kind: 'connection-string', connectionString, ssl: tls },
    hasFailedByNewerSchema,
    poolStatistics: () => ({
      max: config.poolMax,
      open: pool.totalCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
    }),
    lost: new Promise(() => undefined),
    close: async () => await db.destroy(),
  };
}
