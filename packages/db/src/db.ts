import type { Kysely, Transaction } from 'kysely';
import type { Database } from './schema.ts';

/** What a query function runs on: the database, or a transaction of it. */
export type Db = Kysely<Database>;

/** Asked for by functions that are only correct inside a transaction. */
export type Tx = Transaction<Database>;
