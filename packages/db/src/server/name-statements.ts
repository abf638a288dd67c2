import { type RawBuilder, sql } from 'kysely';
import type { ClientBase, QueryResult } from 'pg';

const mark = /^\/\* named (\S+) \*\//;
/** A pooler gave this connection another session: the statement is unknown there, or known from somebody else. */
const sessionSwitchedCodes: ReadonlySet<unknown> = new Set(['26000', '42P05']);

/**
 * Begins a statement that a server is to parse and plan once per connection, not every time: for the few where that is
 * most of the cost. One name stands for one text.
 */
export function namedStatement(name: string): RawBuilder<unknown> {
  return sql.raw(`/* named ${name} */`);
}

/**
 * Makes a connection send marked statements by name, which Kysely cannot. Behind a pooler that does not keep them, it
 * notices at the first failure and sends them as all others from then on.
 */
export function nameStatements(client: ClientBase): void {
  const send = client.query.bind(client) as (...input: unknown[]) => Promise<QueryResult>;
  let isNaming = true;
  const query = (...input: unknown[]): Promise<QueryResult> => {
    const [text, values] = input;
    const name = isNaming && input.length === 2 && typeof text === 'string' ? mark.exec(text)?.[1] : undefined;
    if (name === undefined) return send(...input);
    return send({ name, text, values }).catch((error: unknown) => {
      if (!sessionSwitchedCodes.has((error as { code?: unknown }).code)) throw error;
      isNaming = false;
      return send(text, values);
    });
  };
  client.query = query as typeof client.query;
}
