import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/create-test-database.ts';
import { namedStatement, nameStatements } from './name-statements.ts';

const serverUrl = process.env['TEST_DATABASE_URL'];

test('a marked statement is an ordinary one on either home', async () => {
  await using stack = new AsyncDisposableStack();
  const database: TestDatabase = await createTestDatabase();
  stack.defer(() => database.close());
  for (let time = 0; time < 3; time += 1) {
    const { rows } = await sql<{ n: number }>`${namedStatement('test-ordinary')} select ${time}::integer as n`.execute(
      database.db,
    );
    expect(rows).toEqual([{ n: time }]);
  }
});

describe.skipIf(serverUrl === undefined)('on a server', () => {
  const client = new Client({ connectionString: serverUrl ?? '' });
  beforeAll(async () => {
    await client.connect();
    nameStatements(client);
  });
  afterAll(() => client.end());

  const listPrepared = async () =>
    (await client.query<{ name: string }>('select name from pg_prepared_statements order by name')).rows;

  test('it is prepared once under its name, and others are not', async () => {
    const name = `test-${randomUUID()}`;
    await client.query(`/* named ${name} */ select $1::integer`, [1]);
    await client.query(`/* named ${name} */ select $1::integer`, [2]);
    await client.query('select $1::integer', [3]);
    expect(await listPrepared()).toEqual([{ name }]);
  });

  test('it goes on unnamed when the session behind the connection has changed, as behind a pooler', async () => {
    const text = '/* named test-switched */ select $1::integer as n';
    await client.query(text, [1]);
    await client.query('deallocate all');
    expect((await client.query(text, [2])).rows).toEqual([{ n: 2 }]);
    expect((await client.query(text, [3])).rows).toEqual([{ n: 3 }]);
    expect(await listPrepared()).toEqual([]);
  });
});
