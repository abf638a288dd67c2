import type { ConnectionOptions as TlsOptions } from 'node:tls';
import { defaults, Pool, type PoolConfig, types } from 'pg';
import { createLeftoverCollector } from '../leftover-collector.ts';
import { parseUtcTimestamp } from '../timestamp.ts';
import { boundAnswers } from './bound-answers.ts';
import { checkServer, type ServerFacts } from './check-server.ts';
import { collectLeftovers } from './collect-leftovers.ts';
import { connectionBounds } from './connection-bounds.ts';
import { readConnectionString } from './connection-string.ts';
import { createStatementNamer } from './name-statements.ts';
import { createSchemaWatch } from './schema-watch.ts';
import { searchOptions } from './session-settings.ts';

export interface ServerConfig {
  connectionString: string;
  poolMax: number;
  /** PEM text, trusted in place of the address's `sslrootcert`. */
  caCertificate?: string | undefined;
  /** Told about connections that broke while idle; the pool replaces them by itself. */
  onConnectionError?: ((error: Error) => void) | undefined;
}

export interface OpenServer extends ServerFacts {
  pool: Pool;
  hasFailedByNewerSchema: () => boolean;
  /** For a second client of the same server. Without TLS parameters: `tls` stands for them. */
  connectionString: string;
  tls: TlsOptions | false;
}

const INT8 = 20;
const INT8_ARRAY = 1016;
const TIMESTAMP = 1114;

/** Where this product reads a type otherwise than node-postgres: a bigint is a number (ids and counts stay far below 2^53). */
const textParsers: Record<number, (text: string) => unknown> = {
  [INT8]: Number,
  [INT8_ARRAY]: readNumberArray,
  [TIMESTAMP]: parseUtcTimestamp,
};

// A Date given for a `timestamp` would be written in the zone of the process. There is no such setting for one pool.
defaults.parseInputDatesAsUTC = true;

/**
 * Checks that the server can serve and opens a pool on it. A killed backend or a restarted server fails the statements
 * under way, and those sent until the connection's end is noticed; later ones get new connections. So does one that has
 * gone silent.
 *
 * @throws StartupError for each thing that can be wrong with a server.
 */
export async function openServer(
  config: ServerConfig,
  { leaveAsItIs = false }: { leaveAsItIs?: boolean } = {},
): Promise<OpenServer> {
  const address = readConnectionString(config.connectionString, config.caCertificate);
  const { tls, facts } = await checkServer(address, { leaveAsItIs });
  const pool = new Pool({ ...clientOptions(address.connectionString, tls), max: config.poolMax });
  // Without these two listeners a broken connection would end the process. The pool speaks for idle ones alone; one that
  // breaks in a caller's hands between two statements fails the caller's next statement.
  pool.on('error', (error) => config.onConnectionError?.(error));
  pool.on('connect', (client) => client.on('error', () => undefined));
  pool.on('connect', boundAnswers);
  const collect = createLeftoverCollector();
  pool.on('connect', (client) => collectLeftovers(client, collect));
  pool.on('connect', createStatementNamer());
  const schema = createSchemaWatch(pool);
  pool.on('connect', schema.watch);
  return { pool, hasFailedByNewerSchema: schema.hasFailed, connectionString: address.connectionString, tls, ...facts };
}

function clientOptions(connectionString: string, tls: TlsOptions | false): PoolConfig {
  return {
    connectionString,
    ssl: tls,
    application_name: 'digital-twin',
    ...connectionBounds,
    idleTimeoutMillis: 30_000,
    maxLifetimeSeconds: 1_800,
    options: searchOptions,
    types: { getTypeParser },
  };
}

function getTypeParser(...[oid, format]: Parameters<typeof types.getTypeParser>): unknown {
  const own = format === 'binary' ? undefined : textParsers[oid];
  return own ?? types.getTypeParser(oid, format);
}

/** `{1,2,NULL}`: numbers are never quoted. */
function readNumberArray(text: string): (number | null)[] {
  const items = text.slice(1, -1);
  return items === '' ? [] : items.split(',').map((item) => (item === 'NULL' ? null : Number(item)));
}
