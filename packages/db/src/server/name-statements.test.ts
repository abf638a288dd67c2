import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/create-test-database.ts';
import { createStatementNamer, namedByText, namedStatement } from './name-statements.ts';

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

test('so is one of a query builder', async () => {
  await using stack = new AsyncDisposableStack();
  const database: TestDatabase = await createTestDatabase();
  stack.defer(() => database.close());
  for (let time = 0; time < 3; time += 1) {
    const twins = database.db.selectFrom('twin').select('id').where('id', '>=', time).modifyEnd(namedByText);
    expect(await twins.execute()).toHaveLength(time < 2 ? 1 : 0);
  }
});

describe.skipIf(serverUrl === undefined)('on a server', () => {
  let client: Client;
  beforeEach(async () => {
    client = new Client({ connectionString: serverUrl ?? '' });
    await client.connect();
    createStatementNamer()(client);
  });
  afterEach(() => client.end());

  const listPrepared = async () =>
    (await client.query<{ name: string }>('select name from pg_prepared_statements order by name')).rows;

  test('it is prepared once under its name, and others are not', async () => {
    const name = `test-${randomUUID()}`;
    await client.query(`/* named ${name} */ select $1::integer`, [1]);
    await client.query(`/* named ${name} */ select $1::integer`, [2]);
    await client.query('select $1::integer', [3]);
    expect(await listPrepared()).toEqual([{ name }]);
  });

  test('each text of a query builder is prepared once', async () => {
    for (const text of ['select $1::integer as one', 'select $1::integer as two', 'select $1::integer as one']) {
      await client.query(`${text} /* named by its text */`, [1]);
    }
    expect(await listPrepared()).toHaveLength(2);
  });

  test('it goes on unnamed when the session behind the connection has changed, as behind a pooler', async () => {
    const text = '/* named test-switched */ select $1::integer as n';
    await client.query(text, [1]);
    await client.query('deallocate all');
    expect((await client.query(text, [2])).rows).toEqual([{ n: 2 }]);
    expect((await client.query(text, [3])).rows).toEqual([{ n: 3 }]);
    expect(await listPrepared()).toEqual([]);
  });

  test('it goes on unnamed when its table has got a column from another instance', async () => {
    await client.query('create temporary table grown (id integer)');
    const text = '/* named test-grown */ select * from grown where id = $1';
    await client.query(text, [1]);
    await client.query('alter table grown add column name text');
    await client.query('insert into grown values (1, $1)', ['new']);
    expect((await client.query(text, [1])).rows).toEqual([{ id: 1, name: 'new' }]);
  });
});
