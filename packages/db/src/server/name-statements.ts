import { createHash } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import type { ClientBase } from 'pg';
import { aroundQueries } from './around-queries.ts';

const mark = /^\/\* named (\S+) \*\//;
const markAtEnd = '/* named by its text */';
/** A pooler gave this connection another session: the statement is unknown there, or known from somebody else. */
const sessionSwitchedCodes: ReadonlySet<unknown> = new Set(['26000', '42P05']);
/** Where Postgres refuses a prepared `select *` of a table that has got a column since, from a newer instance's migration. */
const tableChangedRoutine = 'RevalidateCachedQuery';

/**
 * Begins a statement that a server is to parse and plan once per connection, not every time: for the few where that is
 * most of the cost. One name stands for one text.
 */
export function namedStatement(name: string): RawBuilder<unknown> {
  return sql.raw(`/* named ${name} */`);
}

/** The same at the end of a query builder's statement, `.modifyEnd(namedByText)`: each text it makes has a name of its own. */
export const namedByText = sql.raw(markAtEnd);

/**
 * What makes the connections of a pool send marked statements by name, which Kysely cannot. Behind a pooler that does not
 * keep them, or where another instance changes tables meanwhile, the first failure tells, and all connections send them as
 * any other from then on.
 */
export function createStatementNamer(): (client: ClientBase) => void {
  let isNaming = true;
  return (client) => {
    aroundQueries(client, (send, input) => {
      const [text, values] = input;
      const name = isNaming && input.length === 2 && typeof text === 'string' ? nameOf(text) : undefined;
      if (name === undefined) return send(...input);
      return send({ name, text, values }).catch((error: unknown) => {
        if (!isOfName(error)) throw error;
        isNaming = false;
        return send(text, values);
      });
    });
  };
}

function isOfName(error: unknown): boolean {
  const { code, routine } = error as { code?: unknown; routine?: unknown };
  return sessionSwitchedCodes.has(code) || routine === tableChangedRoutine;
}

const namesByText = new Map<string, string>();

function nameOf(text: string): string | undefined {
  if (!text.endsWith(markAtEnd)) return mark.exec(text)?.[1];
  const name = namesByText.get(text) ?? createHash('sha256').update(text).digest('base64url');
  namesByText.set(text, name);
  return name;
}
