import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { createTestDatabase } from './create-test-database.ts';

test('each test database is migrated, empty and its own', async () => {
  const first = await createTestDatabase();
  const second = await createTestDatabase();
  try {
    await first.db.updateTable('twin').set({ name: 'Changed' }).where('id', '=', first.scope.twinId).execute();
    const twins = await second.db.selectFrom('twin').selectAll().execute();
    expect(twins).toMatchObject([{ id: 1, name: 'My twin', corpus_version: 0 }]);
    const { rows } = await sql<{ documents: number }>`select count(*) as documents from document`.execute(second.db);
    expect(rows).toEqual([{ documents: 0 }]);
  } finally {
    await first.close();
    await second.close();
  }
});
