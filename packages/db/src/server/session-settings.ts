import type { Client } from 'pg';
import { SEARCH_SETTINGS } from '../search-settings.ts';
import { connectionBounds } from './connection-bounds.ts';

/** What a connection asks for at its start, as `options`. */
export const searchOptions = Object.entries(SEARCH_SETTINGS)
  .map(([name, value]) => `-c ${name}=${value}`)
  .join(' ');

const wanted: Record<string, string> = {
  ...SEARCH_SETTINGS,
  statement_timeout: String(connectionBounds.statement_timeout),
  idle_in_transaction_session_timeout: String(connectionBounds.idle_in_transaction_session_timeout),
};

/**
 * What to say where a connection that asked for them got other settings: a pooler may drop them without a word. Searches
 * then miss passages, and a statement may run for ever.
 */
export async function warnOfLostSettings(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; value: string | null }>(
    `select name, coalesce((select setting from pg_settings s where s.name = wanted.name), current_setting(name, true)) as value
    from unnest($1::text[]) as wanted (name)`,
    [Object.keys(wanted)],
  );
  const lost = rows.filter(({ name, value }) => value !== wanted[name]).map(({ name }) => `${name} = ${wanted[name]}`);
  if (lost.length === 0) return [];
  return [
    `A connection pooler drops these settings of the app's sessions: ${lost.join(', ')}. Searches find less without them. ` +
      "Use the address of the server itself, or set them for the app's role (ALTER ROLE … SET …).",
  ];
}
