import { type Kysely, sql } from 'kysely';

const statements = [
  // How a policy counts. What the owner had set so far stays a bucket.
  `alter table rate_limit_setting add column algorithm text not null default 'token-bucket'
    check (algorithm in ('token-bucket', 'fixed-window'))`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) {
    await sql.raw(statement).execute(db);
  }
}
