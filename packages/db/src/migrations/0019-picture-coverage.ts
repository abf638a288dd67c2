import { type Kysely, sql } from 'kysely';

/** What became of a version's pages without text, and what its file says about itself. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table document_version
      add column pictures_recognised integer not null default 0,
      add column pictures_to_recognise integer not null default 0,
      add column pages_textless integer not null default 0,
      add column file_metadata jsonb not null default '{}'`.execute(db);
}
