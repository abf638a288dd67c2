import { type Kysely, sql } from 'kysely';

const statements = [
  `create table model_change (
    twin_id integer not null references twin (id),
    id uuid not null default gen_random_uuid(),
    kind text not null check (kind in ('switch', 'rollback')),
    -- The name of the model that is to answer.
    model text not null,
    state text not null check (state in ('queued', 'running', 'done', 'failed', 'canceled')),
    -- Passages embedded for it so far.
    embedded integer not null default 0,
    error text,
    created_at timestamptz not null default now(),
    finished_at timestamptz,
    primary key (twin_id, id)
  )`,
  "create unique index model_change_under_way on model_change (twin_id) where state in ('queued', 'running')",
  'create index on model_change (twin_id, created_at desc)',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) {
    await sql.raw(statement).execute(db);
  }
}
