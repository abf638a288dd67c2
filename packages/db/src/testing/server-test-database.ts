import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { openDatabase } from '../client.ts';
import { migrateToLatest } from '../migrate.ts';
import { LOCAL_TWIN_ID, mintTwinScope } from '../scope.ts';
import type { TestDatabase } from './create-test-database.ts';
import { schemaFingerprint } from './schema-fingerprint.ts';

/** Any number: it only has to be the same in every process that prepares the template. */
const TEMPLATE_LOCK = 7_203_481;

interface ServerDatabase {
  connectionString: string;
  drop: () => Promise<void>;
  /** Of a dropped one: an empty database of the same name. */
  createAnew: () => Promise<void>;
}

/** A database of its own on a server, cloned from a template that is migrated once for each state of the schema. */
export async function createServerTestDatabase(serverUrl: string): Promise<TestDatabase> {
  const { connectionString, drop } = await createMigratedDatabase(serverUrl);
  const handle = await openDatabase({ home: 'server', connectionString, poolMax: 20 });
  return {
    ...handle,
    scope: mintTwinScope(LOCAL_TWIN_ID),
    close: async () => {
      await handle.close();
      await drop();
    },
  };
}

/** The same for processes that open it themselves. */
export async function createMigratedDatabase(serverUrl: string): Promise<ServerDatabase> {
  const template = await prepareTemplate(serverUrl);
  return await createDatabase(serverUrl, `template ${template}`);
}

/** An empty database without any table, for tests of what happens before the schema exists. */
export async function createEmptyDatabase(serverUrl: string): Promise<ServerDatabase> {
  return await createDatabase(serverUrl, '');
}

async function createDatabase(serverUrl: string, options: string): Promise<ServerDatabase> {
  const name = `twin_test_${randomUUID().replaceAll('-', '')}`;
  const create = async (how: string) =>
    await administer(serverUrl, async (client) => void (await client.query(`create database ${name} ${how}`)));
  await create(options);
  return {
    connectionString: withDatabase(serverUrl, name),
    drop: async () => await dropDatabase(serverUrl, name),
    createAnew: async () => await create(''),
  };
}

/** Runs statements on the server's own database, on a connection that ends with them. */
export async function administer<T>(serverUrl: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export function withDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.toString();
}

/** Makes the migrated template database unless it is there already; returns its name. */
export async function prepareTemplate(serverUrl: string): Promise<string> {
  const name = `twin_test_template_${schemaFingerprint()}`;
  await administer(serverUrl, async (client) => {
    await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const { rows } = await client.query<{ ready: boolean }>(
      'select datistemplate as ready from pg_database where datname = $1',
      [name],
    );
    if (rows[0]?.ready === true) {
      return;
    }
    // Marked as a template last: one left half done by a killed run is made again.
    await client.query(`drop database if exists ${name} with (force)`);
    await client.query(`create database ${name}`);
    const handle = await openDatabase({ home: 'server', connectionString: withDatabase(serverUrl, name), poolMax: 2 });
    try {
      await migrateToLatest(handle.db);
    } finally {
      await handle.close();
    }
    await client.query(`alter database ${name} is_template true`);
  });
  return name;
}

async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  await administer(serverUrl, async (client) => {
    await client.query(`drop database if exists ${name} with (force)`);
  });
}
