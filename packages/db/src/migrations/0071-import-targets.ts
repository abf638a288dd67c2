import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  // Whose is this vector here: asked of every page of an import, and before a vector is deleted for being gone there.
  await sql`
    create index imported_item_target on imported_item (twin_id, target_id) where target_id is not null`.execute(db);
}
