import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  // Thirty files of one folder may be called README.md: where each lay tells them apart.
  await sql.raw(`alter table document_version add column folder text`).execute(db);
}
