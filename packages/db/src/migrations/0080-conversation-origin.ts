import { type Kysely, sql } from 'kysely';

const statements = [
  // An API that is called often would push the conversations of people out of their list.
  "alter table conversation add column origin text not null default 'app' check (origin in ('app', 'api'))",
  'alter table conversation alter column origin drop default',
  'drop index conversation_latest',
  "create index conversation_latest on conversation (twin_id, updated_at desc) where origin = 'app'",
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) {
    await sql.raw(statement).execute(db);
  }
}
