import type { ClientBase, QueryResult } from 'pg';

/** What the driver's `query` is given: mostly a text and its values. */
export type QueryInput = readonly unknown[];
export type SendQuery = (...input: QueryInput) => Promise<QueryResult>;

/** Puts `around` between a connection and whoever queries it; it passes on by `send`. The last one put there is asked first. */
export function aroundQueries(
  client: ClientBase,
  around: (send: SendQuery, input: QueryInput) => Promise<QueryResult>,
): void {
  const send = client.query.bind(client) as SendQuery;
  const query = (...input: QueryInput) => around(send, input);
  client.query = query as typeof client.query;
}
