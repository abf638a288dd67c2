import { type Kysely, sql } from 'kysely';

/** When a retired model's vectors may be dropped is counted from here. */
const statements = [
  `alter table embedding_model add column retired_at timestamptz`,
  `update embedding_model set retired_at = now() where state = 'retired'`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) {
    await sql.raw(statement).execute(db);
  }
}
