import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/create-test-database.ts';
import { listEmptySpace } from './empty-space.ts';

let database: TestDatabase;
const bytesMin = 256 * 1024;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(async () => {
  await database.close();
});

async function run(...statements: string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database.db);
}

test('what rows that are gone have left is seen when a vacuum has made it empty, and not before they go', async () => {
  const { db } = database;
  await run(
    `insert into rate_bucket select 1, 'policy:address:' || md5(n::text), 1, 1 from generate_series(1, 20000) as n`,
    `insert into database_cache
      select 1, md5(n::text), (select string_agg(md5((n + m)::text), '') from generate_series(1, 200) as m), now() + interval '1 day'
      from generate_series(1, 300) as n`,
    'vacuum analyze rate_bucket',
    'vacuum analyze database_cache',
  );
  expect(await listEmptySpace(db, { bytesMin })).toEqual([]);

  // All but the last, so that no page at the end can be given back.
  await run(
    `delete from rate_bucket where ctid < (select max(ctid) from rate_bucket)`,
    `delete from database_cache where ctid < (select max(ctid) from database_cache)`,
    'vacuum analyze rate_bucket',
    'vacuum analyze database_cache',
  );
  const empty = await listEmptySpace(db, { bytesMin });
  expect(empty.map(({ kind, name }) => `${kind} ${name}`).toSorted()).toEqual([
    'index rate_bucket_pkey',
    'table database_cache',
    'table rate_bucket',
  ]);
  for (const { bytes, emptyBytes } of empty) expect(emptyBytes).toBeGreaterThan(0.9 * bytes);

  await run('vacuum (full, analyze) database_cache', 'vacuum (full, analyze) rate_bucket');
  expect(await listEmptySpace(db, { bytesMin })).toEqual([]);
});

test('rows that have come since a table was analyzed are not taken for empty room', async () => {
  const { db } = database;
  await run(
    'truncate rate_bucket',
    'vacuum analyze rate_bucket',
    `insert into rate_bucket select 1, 'policy:address:' || md5(n::text), 1, 1 from generate_series(1, 20000) as n`,
  );
  const seen = async () => {
    const { rows } = await sql<{ tuples: number }>`
      select pg_stat_get_live_tuples('rate_bucket'::regclass) as tuples`.execute(db);
    return rows[0]?.tuples;
  };
  await expect.poll(seen).toBeGreaterThan(19_000);
  expect(await listEmptySpace(db, { bytesMin })).toEqual([]);
});
