import { sql } from 'kysely';
import type { Db } from '../db.ts';

/** `logged` outlives a crash of the database; `unlogged` is written once instead of twice, and emptied by one. */
export type CacheDurability = 'logged' | 'unlogged';

/**
 * Keeps the cache's table as asked. A change rewrites it, which holds up whoever uses the cache meanwhile: at most as long
 * as writing its size limit takes.
 */
export async function setCacheDurability(db: Db, durability: CacheDurability): Promise<void> {
  if ((await findCacheDurability(db)) === durability) return;
  await sql`alter table database_cache set ${sql.raw(durability)}`.execute(db);
}

export async function findCacheDurability(db: Db): Promise<CacheDurability> {
  const { rows } = await sql<{ durability: CacheDurability }>`
    select case relpersistence when 'u' then 'unlogged' else 'logged' end as durability
    from pg_class where oid = 'database_cache'::regclass`.execute(db);
  return rows[0]?.durability ?? 'logged';
}
