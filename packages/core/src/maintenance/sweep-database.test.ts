import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sweepDatabase } from './sweep-database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

/** The database, unreachable from the moment on that `isGone` says so. */
function createLeaving(isGone: () => boolean) {
  return database.db.withPlugin({
    transformQuery: ({ node }) => {
      if (isGone()) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  });
}

test('what a sweep has done is told when its lease cannot be given back, which then runs out', async () => {
  const { db, scope } = database;
  await sql`insert into database_cache (key, value, expires_at) values ('old', '', now() at time zone 'utc' - interval '1 s')`.execute(
    db,
  );
  await sql`create function refuse() returns trigger language plpgsql as 'begin raise exception $$refused$$; end'`.execute(
    db,
  );
  await sql`create trigger refuse before delete on cache_lease for each row execute function refuse()`.execute(db);
  const report = await sweepDatabase({ db }, scope);
  await sql`drop trigger refuse on cache_lease`.execute(db);
  expect(report).toMatchObject({ counts: { cacheEntries: 1 }, failures: [] });
  await db.deleteFrom('cache_lease').execute();
});

test('a sweep that cannot reach the database any more waits for it once, and says at what', async () => {
  let statements = 0;
  const db = createLeaving(() => {
    statements += 1;
    // The lease is the first one.
    return statements > 1;
  });
  expect(await sweepDatabase({ db }, database.scope)).toMatchObject({ failures: [{ task: 'rateLimits' }] });
});
