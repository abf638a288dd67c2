import { type Kysely, Transaction } from 'kysely';
import type { Database } from './schema.ts';

/** What a query function runs on: the database, or a transaction of it. */
export type Db = Kysely<Database>;

/** Asked for by functions that are only correct inside a transaction. */
export type Tx = Transaction<Database>;

/** Runs `work` in a transaction: the caller's, which it becomes a part of and an error ends, or one of its own. */
export async function inTransaction<T>(db: Db | Tx, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db instanceof Transaction ? await work(db) : await db.transaction().execute(work);
}
