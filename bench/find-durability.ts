import type { Db } from '@twin/db/db';
import { sql } from 'kysely';

const settings = ['fsync', 'full_page_writes', 'synchronous_commit'] as const;

/** What a server waits for before a statement is over, which decides what a logged write costs: “fsync on, …”. */
export async function findDurability(db: Db): Promise<string> {
  const { rows } = await sql<{ name: string; setting: string }>`
    select name, setting from pg_settings where name = any(${[...settings]}::text[]) order by name`.execute(db);
  return rows.map(({ name, setting }) => `${name} ${setting}`).join(', ');
}
