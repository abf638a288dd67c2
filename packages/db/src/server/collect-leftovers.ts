import type { PoolClient } from 'pg';

/** Makes a connection hand the values of each statement to `collect` once it is over: what they left behind can go then. */
export function collectLeftovers(client: PoolClient, collect: (values: unknown) => void): void {
  const send = client.query.bind(client) as (...input: unknown[]) => Promise<unknown>;
  const query = async (...input: unknown[]): Promise<unknown> => {
    try {
      return await send(...input);
    } finally {
      const [statement, values] = input;
      // A named statement carries its values with it.
      collect(values ?? (statement as { values?: unknown }).values);
    }
  };
  client.query = query as typeof client.query;
}
