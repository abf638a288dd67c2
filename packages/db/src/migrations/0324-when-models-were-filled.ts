import { type Kysely, sql } from 'kysely';

/** When vectors of a model were last made for a change to it: from then on its table is kept for a while, though it never answered. */
const statements = [
  'alter table embedding_model add column filled_at timestamptz not null default now()',
  'update embedding_model set filled_at = retired_at where retired_at is not null',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) {
    await sql.raw(statement).execute(db);
  }
}
