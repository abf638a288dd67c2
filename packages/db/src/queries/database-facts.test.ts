import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../client.ts';
import { createTestDatabase, type TestDatabase } from '../testing/create-test-database.ts';
import { administer, createMigratedDatabase } from '../testing/server-test-database.ts';
import { type DatabaseFacts, findDatabaseFacts } from './database-facts.ts';

const serverUrl = process.env['TEST_DATABASE_URL'] ?? '';

test('of a fresh database every fact can be read, and none is bad', async () => {
  const database: TestDatabase = await createTestDatabase();
  const facts = await findDatabaseFacts(database.db);
  await database.close();
  expect(facts).toMatchObject({
    pendingMigrations: [],
    emptySpace: [],
    unknownMigrations: [],
    invalidIndexes: [],
    indexBuilds: [],
    unusedVectorIndexes: [],
    othersTables: [],
    bloatedTables: [],
    longRunning: [],
    slowStatements: 'not-installed',
  });
  expect(facts.databaseBytes).toBeGreaterThan(1_000_000);
});

/** Each thing really is as bad as it is said to be: nothing is written into the catalog. */
describe.skipIf(!serverUrl)('on a server (TEST_DATABASE_URL)', () => {
  let connectionString: string;
  let drop: () => Promise<void>;
  let facts: DatabaseFacts;
  const owner = `twin_owner_${process.pid}`;
  const role = `twin_looker_${process.pid}`;

  beforeAll(async () => {
    ({ connectionString, drop } = await createMigratedDatabase(serverUrl));
    const { pathname } = new URL(connectionString);
    await administer(connectionString, async (client) => {
      for (const statement of [
        `create role ${owner}`,
        `create role ${role} login password 'x'`,
        `grant create on database ${pathname.slice(1)} to ${role}`,
        `grant create, usage on schema public to ${role}`,
        `grant select on all tables in schema public to ${role}`,
        `grant pg_read_all_stats to ${role}`,
        'create table twice (n integer)',
        'insert into twice values (1), (1)',
        'create table churned (n integer) with (autovacuum_enabled = false)',
        'insert into churned select generate_series(1, 15000)',
        'delete from churned where n <= 12000',
        'create table of_another (n integer)',
        `alter table of_another owner to ${owner}`,
        'create extension pg_stat_statements',
        'create table of_an_extension (n integer)',
        `alter table of_an_extension owner to ${owner}`,
        'alter extension pg_stat_statements add table of_an_extension',
      ]) {
        await client.query(statement);
      }
      // A build that fails on its rows leaves its index behind.
      await client.query('create unique index concurrently broken on twice (n)').catch(() => undefined);
    });
    const forgotten = new Client({ connectionString });
    await forgotten.connect();
    await forgotten.query('begin');
    await forgotten.query('select count(*) as forgotten from twice');
    const url = new URL(connectionString);
    url.username = role;
    url.password = 'x';
    const looking = await openDatabase({ home: 'server', connectionString: url.toString(), poolMax: 2 });
    do {
      // Statistics arrive a moment after what they count.
      await sleep(50);
      facts = await findDatabaseFacts(looking.db, { longSeconds: 0 });
    } while (facts.bloatedTables.length === 0);
    await looking.close();
    await forgotten.end();
  }, 60_000);

  afterAll(async () => {
    await drop();
    await administer(serverUrl, async (client) => void (await client.query(`drop role ${owner}, ${role}`)));
  });

  test('an index that a failed build has left behind', () => {
    expect(facts.invalidIndexes).toEqual(['broken']);
  });

  test('a table with many dead rows', () => {
    expect(facts.bloatedTables).toEqual([{ name: 'churned', deadRows: 12_000, liveRows: 3_000 }]);
  });

  test('a transaction that somebody has forgotten', () => {
    expect(facts.longRunning).toContainEqual({
      seconds: expect.any(Number),
      state: 'idle in transaction',
      query: 'select count(*) as forgotten from twice',
    });
  });

  test('a table that another role owns', () => {
    expect(facts.othersTables).toContainEqual({ name: 'of_another', owner });
  });

  test('a table that another role owns, unless an extension brought it', () => {
    expect(facts.othersTables.map(({ name }) => name)).not.toContain('of_an_extension');
    expect(facts.role).toBe(role);
  });

  test('statistics of statements that the server does not gather, which is not the same as none being slow', () => {
    expect(facts.slowStatements).toBe('not-loaded');
  });
});
