import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Db } from '../db.ts';
import { createTestDatabase, type TestDatabase } from '../testing/create-test-database.ts';
import { insertTestDocument } from '../testing/insert-test-document.ts';
import { gatherFirstStatistics } from './first-statistics.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const ownIndex = 'Index Scan using chunk_pkey';

test('what a connection has planned for an empty library is planned anew once some passages are stored', async () => {
  await database.db.connection().execute(async (session: Db) => {
    // A server's autovacuum may be faster.
    await sql`alter table chunk set (autovacuum_enabled = false)`.execute(session);
    // As Postgres asks for each row that refers to a chunk, and as it keeps the plan.
    await sql`set plan_cache_mode = force_generic_plan`.execute(session);
    await sql`prepare refer as select 1 from only chunk x where twin_id = $1 and id = $2 for key share of x`.execute(
      session,
    );
    const plan = async () => {
      const { rows } = await sql<Record<string, string>>`explain execute refer (1, 1)`.execute(session);
      return JSON.stringify(rows);
    };
    expect(await plan()).not.toContain(ownIndex);

    const paragraphs = Array.from(
      { length: 200 },
      (_, n) => `Passage ${n}: ${'words that take some room '.repeat(20)}`,
    );
    await insertTestDocument(session, database.scope, { id: 'long', paragraphs });
    await gatherFirstStatistics(session, 199);
    expect(await plan()).not.toContain(ownIndex);
    await gatherFirstStatistics(session, 1);
    expect(await plan()).toContain(ownIndex);

    const { rows } = await sql<{ name: string }>`
      select relname as name from pg_class
      where relnamespace = current_schema()::regnamespace and reltuples >= 0
        and relname in ('chunk', 'document', 'document_version', 'message')
      order by relname`.execute(session);
    expect(rows.map(({ name }) => name)).toEqual(['chunk', 'document', 'document_version']);
  });
});
