import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  // Unlogged: after a crash of the database nobody is computing anything.
  await sql`
    create unlogged table cache_lease (
      twin_id integer not null,
      key text not null,
      holder text not null,
      expires_at timestamptz not null,
      primary key (twin_id, key)
    )`.execute(db);
}
