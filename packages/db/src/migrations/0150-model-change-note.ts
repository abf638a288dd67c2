import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  // What an owner should know of a change that went through, such as that nothing was compared.
  await sql`alter table model_change add column note text`.execute(db);
}
