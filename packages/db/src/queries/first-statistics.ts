import { sql } from 'kysely';
import type { Db } from '../db.ts';

/** As many pages as the planner takes a table for of which it knows nothing. */
const PAGES_MIN = 10;
const CHUNKS_BETWEEN_LOOKS = 200;

/** How many chunks were stored since the last look. */
const unseen = new WeakMap<Db, number>();
const settled = new WeakSet<Db>();

/**
 * Has the planner look at the tables of a new library once its chunks have grown. Until then it takes the index of versions for as good
 * a way to one chunk as the chunk's own, so that each row that refers to a chunk reads all there are. A server's autovacuum
 * looks within a minute, which is a thousand documents. Costs nothing once the chunks have been looked at.
 *
 * All tables that hold anything, together: of chunks that it knows and documents that it does not, it expects one document and
 * goes through all there are for each chunk.
 *
 * @param chunkCount how many chunks were just stored, and committed.
 */
export async function gatherFirstStatistics(db: Db, chunkCount: number): Promise<void> {
  if (settled.has(db)) return;
  unseen.set(db, (unseen.get(db) ?? 0) + chunkCount);
  if ((unseen.get(db) ?? 0) < CHUNKS_BETWEEN_LOOKS) return;
  unseen.delete(db);
  const { rows } = await sql<{ name: string; isUnknown: boolean; pages: number }>`
    select relname as name, reltuples < 0 as "isUnknown",
      pg_relation_size(oid) / current_setting('block_size')::integer as pages
    from pg_class
    where relkind = 'r' and relnamespace = current_schema()::regnamespace and (reltuples < 0 or relname = 'chunk')`.execute(
    db,
  );
  const chunk = rows.find(({ name }) => name === 'chunk');
  if (chunk === undefined || chunk.pages < PAGES_MIN) return;
  settled.add(db);
  // Of an empty table it would learn nothing.
  const tables = rows.filter(({ isUnknown, pages }) => isUnknown && pages > 0).map(({ name }) => sql.table(name));
  // What another connection is looking at or cleaning needs no second look.
  if (tables.length > 0) await sql`analyze (skip_locked) ${sql.join(tables)}`.execute(db);
}
