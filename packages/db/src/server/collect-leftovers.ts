import type { PoolClient } from 'pg';
import { aroundQueries } from './around-queries.ts';

/** Makes a connection hand the values of each statement to `collect` once it is over: what they left behind can go then. */
export function collectLeftovers(client: PoolClient, collect: (values: unknown) => void): void {
  aroundQueries(client, async (send, input) => {
    try {
      return await send(...input);
    } finally {
      const [statement, values] = input;
      // A named statement carries its values with it.
      collect(values ?? (statement as { values?: unknown }).values);
    }
  });
}
