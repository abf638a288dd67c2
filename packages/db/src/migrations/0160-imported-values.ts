import { type Kysely, sql } from 'kysely';

const statements = [
  // What an import brought is evicted before what this app computed itself: a key that never expired at its source would
  // else outlive every answer and every question's vector, and push them out.
  'alter table database_cache add column imported boolean not null default false',
  // Later passes do not write again what has not changed: what an earlier release imported is marked here or never.
  `update database_cache c set imported = true from imported_item i
    where i.twin_id = c.twin_id and i.target_id = c.key and i.outcome = 'cache'`,
  // Which values had no room: those that are not over, and not there.
  'alter table imported_item add column expires_at timestamptz',
  // Calls that the last statement let through, as in rate_bucket: one statement then counts those of many callers.
  'alter table rate_limits add column granted integer not null default 1',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) {
    await sql.raw(statement).execute(db);
  }
}
