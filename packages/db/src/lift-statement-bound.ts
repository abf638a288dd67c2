import { sql } from 'kysely';
import type { Db, Tx } from './db.ts';

/** What is sent, word for word: the bound on answers, which holds on this side, is lifted and restored by the same words. */
export const boundStatements = {
  liftOfSession: 'set statement_timeout = 0',
  liftOfTransaction: 'set local statement_timeout = 0',
  restore: 'reset statement_timeout',
} as const;

/** Lets the statements of a session last as long as they take, until `restoreStatementBound`. Not for work a request waits for. */
export async function liftStatementBound(session: Db): Promise<void> {
  await sql.raw(boundStatements.liftOfSession).execute(session);
}

/** Lets the statements of a transaction last as long as they take. Not for work a request waits for. */
export async function liftStatementBoundOf(tx: Tx): Promise<void> {
  await sql.raw(boundStatements.liftOfTransaction).execute(tx);
}

/** Never fails: where it cannot be done the connection is broken, and the pool discards it. */
export async function restoreStatementBound(session: Db): Promise<void> {
  await sql
    .raw(boundStatements.restore)
    .execute(session)
    .catch(() => undefined);
}
