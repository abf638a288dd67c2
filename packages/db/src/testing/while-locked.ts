import { sql } from 'kysely';
import type { Db } from '../db.ts';

/** Does `work` while nobody else can read or write `table`; the embedded database serves nobody else at all meanwhile. */
export async function whileLocked(db: Db, table: string, work: () => Promise<void>): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`lock table ${sql.table(table)} in access exclusive mode`.execute(tx);
    await work();
  });
}
