import type { ConnectionOptions as TlsOptions } from 'node:tls';
import { Client } from 'pg';
import { StartupError } from '../startup-error.ts';
import { ANSWER_MS_MAX, connectionBounds } from './connection-bounds.ts';
import { explainConnectionError } from './connection-error.ts';
import type { ServerAddress } from './connection-string.ts';
import { searchOptions, warnOfLostSettings } from './session-settings.ts';
import { ensureVectorExtension } from './vector-extension.ts';

export interface ServerFacts {
  /** A name, an address, or the folder of a socket: what the driver made of the address and of the environment. */
  host: string;
  /** As the server names it, e.g. `17.6`. */
  serverVersion: string;
  /** Of the pgvector extension, e.g. `0.8.1`; where it was left out, of the one that would be created. */
  vectorVersion: string;
  /** Sentences for the log: what works, but not as well as it could. */
  warnings: string[];
}

/** The oldest release the Postgres project still maintains (14 ended in November 2026). */
const SERVER_VERSION_MIN = 150_000;

/**
 * Connects once and proves that this role may do here what the product needs; creates the pgvector extension when it is
 * missing and allowed, or with `leaveAsItIs` only finds out whether it could.
 *
 * @throws StartupError saying what is wrong and what to do.
 */
export async function checkServer(
  address: ServerAddress,
  { leaveAsItIs }: { leaveAsItIs: boolean },
): Promise<{ tls: TlsOptions | false; facts: ServerFacts }> {
  const { client, tls } = await connect(address);
  try {
    const serverVersion = await checkRelease(client, address);
    await checkPermissions(client, address);
    const { vectorVersion, warnings } = await ensureVectorExtension(client, address, { leaveAsItIs });
    warnings.push(...(await warnOfLostSettings(client)));
    return { tls, facts: { host: client.host, serverVersion, vectorVersion, warnings } };
  } catch (error) {
    throw error instanceof StartupError ? error : explainConnectionError(error, address, tls);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function connect(address: ServerAddress): Promise<{ client: Client; tls: TlsOptions | false }> {
  let failure: StartupError | undefined;
  for (const tls of address.tlsChoices) {
    const { connectionString } = address;
    const client = new Client({
      connectionString,
      ssl: tls,
      application_name: 'digital-twin',
      ...connectionBounds,
      options: searchOptions,
      query_timeout: ANSWER_MS_MAX,
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return { client, tls };
    } catch (error) {
      await client.end().catch(() => undefined);
      failure ??= explainConnectionError(error, address, tls);
    }
  }
  throw failure ?? new Error('No way to connect was given');
}

async function checkRelease(client: Client, address: ServerAddress): Promise<string> {
  const { rows } = await client.query<{ number: number; name: string; encoding: string; readonly: boolean }>(`
    select current_setting('server_version_num')::int as number, current_setting('server_version') as name,
      current_setting('server_encoding') as encoding,
      pg_is_in_recovery() or current_setting('transaction_read_only')::boolean as readonly`);
  const server = firstRow(rows);
  if (server.number < SERVER_VERSION_MIN) {
    throw new StartupError(
      'server-too-old',
      `The server at ${address.label} runs Postgres ${server.name}; Postgres 15 is the oldest that works.`,
      'Upgrade the server. Postgres 14 and older get no more security fixes.',
    );
  }
  if (server.readonly) {
    throw new StartupError(
      'server-read-only',
      `The database ${address.databaseName} at ${address.label} only allows reading.`,
      'Point DATABASE_URL at the primary server, not at a replica, and at a role that may write.',
    );
  }
  if (server.encoding !== 'UTF8') {
    throw new StartupError(
      'encoding-unsupported',
      `The database ${address.databaseName} stores text as ${server.encoding}; only UTF8 can hold every document.`,
      `Create it anew: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0;`,
    );
  }
  return server.name.split(' ')[0] ?? server.name;
}

/** Tables go to the current schema; the job queue keeps its own schema beside it. */
async function checkPermissions(client: Client, address: ServerAddress): Promise<void> {
  const { rows } = await client.query<{ schema: string | null; role: string; tables: boolean; schemas: boolean }>(`
    select current_schema() as schema, current_user as role,
      coalesce(has_schema_privilege(current_schema(), 'create'), false) as tables,
      has_database_privilege(current_database(), 'create') or to_regnamespace('jobs') is not null as schemas`);
  const { schema, role, tables, schemas } = firstRow(rows);
  const database = address.databaseName;
  if (!tables) {
    throw new StartupError(
      'permission-denied',
      schema === null
        ? `The role ${role} has no schema to work in on the database ${database}.`
        : `The role ${role} may not create tables in the schema ${schema} of the database ${database}.`,
      `As an administrator of that database, run: GRANT CREATE, USAGE ON SCHEMA ${schema ?? 'public'} TO "${role}";`,
    );
  }
  if (!schemas) {
    throw new StartupError(
      'permission-denied',
      `The role ${role} may not create schemas in the database ${database}; the job queue needs one.`,
      `As an administrator, run: GRANT CREATE ON DATABASE "${database}" TO "${role}";`,
    );
  }
}

function firstRow<T>(rows: T[]): T {
  const [row] = rows;
  if (row === undefined) {
    throw new Error('A query that always returns one row returned none');
  }
  return row;
}
