import type { PoolClient } from 'pg';
import { boundStatements } from '../lift-statement-bound.ts';
import { aroundQueries } from './around-queries.ts';
import { ANSWER_MS_MAX } from './connection-bounds.ts';

const endsTransaction = /^\s*(?:commit|rollback)\s*$/;

/**
 * Makes a connection break when a statement is not answered within `ANSWER_MS_MAX`, as if the network had reported it: the
 * statement fails with `ETIMEDOUT`, and the pool puts another connection in its place. The driver's own `query_timeout`
 * would leave the silent connection in the pool, for the next caller. A session that lifts the server's bound on statements
 * lifts this one with it: there keep-alive packets notice that the other end is gone, once it has received the statement.
 * One that is still under way when the network goes silent is sent again for a quarter of an hour (Linux).
 */
export function boundAnswers(client: PoolClient): void {
  let lifted: 'transaction' | 'session' | undefined;
  aroundQueries(client, async (send, input) => {
    const text = typeof input[0] === 'string' ? input[0] : '';
    if (text === boundStatements.liftOfSession) lifted = 'session';
    if (text === boundStatements.liftOfTransaction) lifted = 'transaction';
    const isLifted = lifted !== undefined;
    // The last statement under a lifted bound may be the longest one: a commit that checks constraints.
    if (text === boundStatements.restore || (lifted === 'transaction' && endsTransaction.test(text)))
      lifted = undefined;
    if (isLifted) return await send(...input);
    const timer = setTimeout(breakOff, ANSWER_MS_MAX, client);
    try {
      return await send(...input);
    } finally {
      clearTimeout(timer);
    }
  });
}

function breakOff(client: PoolClient): void {
  const error = new Error(`The database server has not answered for ${ANSWER_MS_MAX / 1000} s`);
  client.connection.stream.destroy(Object.assign(error, { code: 'ETIMEDOUT' }));
}
