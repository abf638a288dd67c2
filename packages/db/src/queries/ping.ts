import type { Db } from '../db.ts';

/** Rejects unless the database answers and holds the schema. */
export async function pingDatabase(db: Db): Promise<void> {
  await db.selectFrom('twin').select('id').limit(1).executeTakeFirstOrThrow();
}
