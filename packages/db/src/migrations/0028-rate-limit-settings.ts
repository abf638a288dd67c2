import { type Kysely, sql } from 'kysely';

const statements = [
  // What the owner set in place of a policy's own numbers; a policy without a row keeps those.
  `create table rate_limit_setting (
    twin_id integer not null references twin (id) on delete cascade,
    policy text not null,
    call_limit integer not null check (call_limit >= 1),
    window_seconds integer not null check (window_seconds >= 1),
    primary key (twin_id, policy)
  )`,
  // Grows with every change and every reset: how a process notices another one's.
  'alter table twin add column limits_version bigint not null default 0',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) {
    await sql.raw(statement).execute(db);
  }
}
