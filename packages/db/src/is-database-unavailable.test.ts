import { Kysely, PostgresDialect, sql } from 'kysely';
import { Pool } from 'pg';
import { expect, test } from 'vitest';
import { isDatabaseUnavailable } from './is-database-unavailable.ts';

test('a server that does not listen is unavailable', async () => {
  const pool = new Pool({ connectionString: 'postgres://twin@localhost:1/twin' });
  const db = new Kysely({ dialect: new PostgresDialect({ pool }) });

  const error = await sql`select 1`.execute(db).catch((reason: unknown) => reason);

  expect(isDatabaseUnavailable(error)).toBe(true);
  await db.destroy();
});

test.each([
  ['57P01', 'terminating connection due to administrator command', true],
  ['57P03', 'the database system is starting up', true],
  ['08006', 'connection failure', true],
  ['53300', 'sorry, too many clients already', true],
  ['3D000', 'database "twin" does not exist', true],
  ['28P01', 'password authentication failed for user "twin"', true],
  ['23505', 'duplicate key value violates unique constraint', false],
  ['57014', 'canceling statement due to statement timeout', false],
  ['42P01', 'relation does not exist', false],
])('%s, %s: %s', (code, message, unavailable) => {
  expect(isDatabaseUnavailable(Object.assign(new Error(message), { code }))).toBe(unavailable);
});

test.each([
  ['Connection terminated unexpectedly', true],
  ['timeout exceeded when trying to connect', true],
  ['Query read timeout', true],
  ['something else', false],
])('an error without a code is known by its words: %s, %s', (message, unavailable) => {
  expect(isDatabaseUnavailable(new Error(message))).toBe(unavailable);
});
