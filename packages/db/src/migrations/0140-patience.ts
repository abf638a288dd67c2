import { type Kysely, sql } from 'kysely';

const statements = [
  // `attempts` counts how often a version was taken up at its stage, so that it also counts the servers that died with it
  // in hand, mostly by no fault of its own. What is its own doing counts apart.
  `alter table document_version add column crashes integer not null default 0`,

  // An outage is as long as servers were there to see it: not the nights and weekends they were off.
  `alter table document_version
    add column waited_ms integer not null default 0,
    add column waited_at timestamptz`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) {
    await sql.raw(statement).execute(db);
  }
}
