/** Enforced by the server. Migrations, backups and index builds lift it for themselves. */
const STATEMENT_MS_MAX = 30_000;

/**
 * How long a connection waits for an answer: longer than the server lets a statement run, so it is only reached when the
 * server, or the way to it, has gone silent. Packets that a firewall drops without a word would be waited for a quarter of
 * an hour (Linux).
 */
export const ANSWER_MS_MAX = STATEMENT_MS_MAX + 5_000;

/** What every connection to a server is bound by, the job queue's as well. */
export const connectionBounds = {
  connectionTimeoutMillis: 10_000,
  // While a long statement runs nothing is sent: then only this notices that the other end is gone, after some 20 s. It
  // notices nothing while a statement is not acknowledged: the system sends that one again and again instead.
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
  statement_timeout: STATEMENT_MS_MAX,
  idle_in_transaction_session_timeout: 30_000,
} as const;
