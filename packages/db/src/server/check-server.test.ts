import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../client.ts';
import { refusalOf, SECRET_PASSWORD } from '../testing/refusal-of.ts';
import { administer, createEmptyDatabase, withDatabase } from '../testing/server-test-database.ts';

const serverUrl = process.env['TEST_DATABASE_URL'] ?? '';

/** A server of one byte: what Postgres answers to a request for TLS it does not offer. */
async function startServerWithoutTls(): Promise<Server> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end('N'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return server;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

describe('without a server', () => {
  test('a refused connection names host and port', async () => {
    const server = await startServerWithoutTls();
    const port = portOf(server);
    server.close();
    await once(server, 'close');
    expect(await refusalOf(`postgres://ada:${SECRET_PASSWORD}@127.0.0.1:${port}/twin`)).toMatchObject({
      code: 'connection-refused',
      message: `No Postgres server answers at 127.0.0.1:${port}: the connection was refused.`,
      nextStep: 'Start the server, or correct host and port in DATABASE_URL.',
    });
  });

  test('an unknown host', async () => {
    expect(await refusalOf(`postgres://ada:${SECRET_PASSWORD}@no-such-host.invalid/twin`)).toMatchObject({
      code: 'host-not-found',
      message: 'The database host of no-such-host.invalid:5432 is unknown.',
    });
  });

  test('TLS asked of a server that has none', async () => {
    const server = await startServerWithoutTls();
    expect(
      await refusalOf(`postgres://ada:${SECRET_PASSWORD}@127.0.0.1:${portOf(server)}/twin?sslmode=require`),
    ).toMatchObject({
      code: 'tls-not-offered',
      nextStep: expect.stringContaining('sslmode=disable') as string,
    });
  });
});

describe.skipIf(!serverUrl)('on a server (TEST_DATABASE_URL)', () => {
  const role = `twin_role_${process.pid}`;
  let connectionString: string;
  let database: string;
  let dropDatabase: () => Promise<void>;

  beforeAll(async () => {
    const empty = await createEmptyDatabase(serverUrl);
    connectionString = empty.connectionString;
    database = new URL(connectionString).pathname.slice(1);
    dropDatabase = async () => await empty.drop();
    await administer(serverUrl, async (client) => {
      await client.query(`create role ${role} login password '${SECRET_PASSWORD}'`);
    });
  });

  afterAll(async () => {
    await dropDatabase();
    await administer(serverUrl, async (client) => {
      await client.query(`drop role if exists ${role}`);
    });
  });

  function asRole(password = SECRET_PASSWORD): string {
    const url = new URL(connectionString);
    url.username = role;
    url.password = password;
    return url.toString();
  }

  async function inDatabase(...statements: string[]): Promise<void> {
    await administer(connectionString, async (client) => {
      for (const statement of statements) {
        await client.query(statement);
      }
    });
  }

  /** Shadows parts of the catalog for the role, until the test ends: a server cannot be made old. */
  async function shadowCatalog(...statements: string[]): Promise<void> {
    await inDatabase(
      'create schema shadow',
      `grant all on schema shadow to ${role}`,
      `grant create, usage on schema public to ${role}`,
      `grant create on database ${database} to ${role}`,
      `alter role ${role} set search_path = shadow, pg_catalog, public`,
      ...statements,
    );
    onTestFinished(async () => {
      await inDatabase(
        'drop schema shadow cascade',
        `revoke create on schema public from ${role}`,
        `revoke create on database ${database} from ${role}`,
        `alter role ${role} reset search_path`,
      );
    });
  }

  test('a wrong password', async () => {
    expect(await refusalOf(asRole('not-it'))).toMatchObject({
      code: 'authentication-failed',
      message: expect.stringContaining(`did not accept the password of the user ${role}`) as string,
    });
  });

  test('no password at all', async () => {
    expect(await refusalOf(asRole(''))).toMatchObject({ code: 'authentication-failed' });
  });

  test('a missing database is named, with the statement that creates it', async () => {
    expect(await refusalOf(withDatabase(serverUrl, 'no_such_twin'))).toMatchObject({
      code: 'database-missing',
      message: expect.stringContaining('has no database named no_such_twin') as string,
      nextStep: expect.stringContaining('CREATE DATABASE "no_such_twin"') as string,
    });
  });

  test('a role that may not connect to the database', async () => {
    await inDatabase(`revoke connect on database ${database} from public`);
    onTestFinished(async () => await inDatabase(`grant connect on database ${database} to public`));
    expect(await refusalOf(asRole())).toMatchObject({ code: 'permission-denied' });
  });

  test('a role that may not create tables gets the statement that lets it', async () => {
    expect(await refusalOf(asRole())).toMatchObject({
      code: 'permission-denied',
      message: expect.stringContaining(`may not create tables in the schema public`) as string,
      nextStep: expect.stringContaining(`GRANT CREATE, USAGE ON SCHEMA public TO "${role}"`) as string,
    });
  });

  test('a role that may not create the schema of the job queue', async () => {
    await inDatabase(`grant create on schema public to ${role}`);
    onTestFinished(async () => await inDatabase(`revoke create on schema public from ${role}`));
    expect(await refusalOf(asRole())).toMatchObject({
      code: 'permission-denied',
      nextStep: expect.stringContaining(`GRANT CREATE ON DATABASE "${database}"`) as string,
    });
  });

  test('a role that may not create schemas is let in where the job queue has its own already', async () => {
    await inDatabase(`grant create on schema public to ${role}`, 'create extension vector', 'create schema jobs');
    onTestFinished(async () => {
      await inDatabase(`revoke create on schema public from ${role}`, 'drop extension vector', 'drop schema jobs');
    });
    const database = await openDatabase({ home: 'server', connectionString: asRole(), poolMax: 2 });
    await database.close();
    expect(database.vectorVersion).toMatch(/^\d+\.\d+/);
  });

  test('an extension that is there but that this role may not create', async () => {
    // pgvector is not marked as trusted, so only a superuser may create it.
    await inDatabase(`grant create on schema public to ${role}`, `grant create on database ${database} to ${role}`);
    onTestFinished(async () => {
      await inDatabase(
        `revoke create on schema public from ${role}`,
        `revoke create on database ${database} from ${role}`,
      );
    });
    const refusal = await refusalOf(asRole());
    expect(refusal).toMatchObject({
      code: 'extension-not-creatable',
      nextStep: `As a superuser, run in the database "${database}": CREATE EXTENSION vector;`,
    });
  });

  test('an extension that the server does not have', async () => {
    await shadowCatalog(
      `create view shadow.pg_available_extensions as select ''::name as name, ''::text as default_version where false`,
      `grant select on all tables in schema shadow to ${role}`,
    );
    expect(await refusalOf(asRole())).toMatchObject({
      code: 'extension-missing',
      nextStep: expect.stringContaining('pgvector/pgvector:pg17') as string,
    });
  });

  test('a server that is too old', async () => {
    await shadowCatalog(`create function shadow.current_setting(name text) returns text language sql as
      $$ select case name when 'server_version_num' then '140019' when 'server_version' then '14.19 (Debian)'
        else pg_catalog.current_setting(name) end $$`);
    expect(await refusalOf(asRole())).toMatchObject({
      code: 'server-too-old',
      message: expect.stringContaining('runs Postgres 14.19') as string,
    });
  });

  test('a pgvector that is too old is refused, one with known faults is warned about', async () => {
    const empty = await createEmptyDatabase(serverUrl);
    onTestFinished(async () => await empty.drop());
    const setVersion = async (version: string) =>
      await administer(empty.connectionString, async (client) => {
        await client.query('create extension if not exists vector');
        await client.query(`update pg_extension set extversion = $1 where extname = 'vector'`, [version]);
      });
    await setVersion('0.7.4');
    expect(await refusalOf(empty.connectionString)).toMatchObject({
      code: 'extension-too-old',
      nextStep: expect.stringContaining('ALTER EXTENSION vector UPDATE') as string,
    });
    const config = { home: 'server', connectionString: empty.connectionString, poolMax: 2 } as const;
    await setVersion('0.8.3');
    const warned = await openDatabase(config);
    await warned.close();
    expect(warned.warnings).toEqual([expect.stringContaining('pgvector 0.8.3 can damage its index')]);
    await setVersion('0.10.0');
    const fine = await openDatabase(config);
    await fine.close();
    expect(fine).toMatchObject({ vectorVersion: '0.10.0', warnings: [] });
  });

  test('the extension is created where that is allowed, also by two processes at once', async () => {
    const empty = await createEmptyDatabase(serverUrl);
    onTestFinished(async () => await empty.drop());
    const config = { home: 'server', connectionString: empty.connectionString, poolMax: 2 } as const;
    const handles = await Promise.all([openDatabase(config), openDatabase(config), openDatabase(config)]);
    for (const handle of handles) {
      expect(handle.vectorVersion).toMatch(/^\d+\.\d+/);
      await handle.close();
    }
  });

  test('a database that only allows reading', async () => {
    await inDatabase(`alter role ${role} set default_transaction_read_only = on`);
    onTestFinished(async () => await inDatabase(`alter role ${role} reset default_transaction_read_only`));
    expect(await refusalOf(asRole())).toMatchObject({ code: 'server-read-only' });
  });

  test('a database whose encoding cannot hold every text', async () => {
    const name = `twin_ascii_${process.pid}`;
    await administer(serverUrl, async (client) => {
      await client.query(`create database ${name} encoding 'SQL_ASCII' locale 'C' template template0`);
    });
    onTestFinished(
      async () => await administer(serverUrl, async (client) => void (await client.query(`drop database ${name}`))),
    );
    expect(await refusalOf(withDatabase(serverUrl, name))).toMatchObject({
      code: 'encoding-unsupported',
      message: expect.stringContaining('SQL_ASCII') as string,
    });
  });

  test('a server that has no connection left', async () => {
    await inDatabase(`alter role ${role} connection limit 0`);
    onTestFinished(async () => await inDatabase(`alter role ${role} connection limit -1`));
    expect(await refusalOf(asRole())).toMatchObject({ code: 'too-many-connections' });
  });
});
