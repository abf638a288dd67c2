import { type Kysely, sql } from 'kysely';

const statements = [
  `create table golden_question (
    twin_id integer not null references twin (id),
    id uuid not null default gen_random_uuid(),
    question text not null,
    -- What was said before, oldest first.
    history jsonb not null default '[]',
    answerable boolean not null default true,
    -- Documents that answer it, and where known the words of theirs that do.
    expected jsonb not null default '[]',
    -- Any of these in the answer makes it right.
    answer_texts jsonb not null default '[]',
    created_at timestamptz not null default now(),
    primary key (twin_id, id)
  )`,
  'create unique index on golden_question (twin_id, md5(question), md5(history::text))',

  `create table evaluation_run (
    twin_id integer not null references twin (id),
    id uuid not null default gen_random_uuid(),
    state text not null check (state in ('queued', 'running', 'done', 'failed', 'canceled')),
    settings jsonb not null,
    -- Of questions, corpus and settings.
    hash text not null,
    measures jsonb,
    error text,
    created_at timestamptz not null default now(),
    finished_at timestamptz,
    primary key (twin_id, id)
  )`,
  'create index on evaluation_run (twin_id, created_at desc)',

  // The questions of a run as they were when it started, each with its result once it was asked.
  `create table evaluation_result (
    twin_id integer not null,
    run_id uuid not null,
    ordinal integer not null,
    question jsonb not null,
    result jsonb,
    primary key (twin_id, run_id, ordinal),
    foreign key (twin_id, run_id) references evaluation_run (twin_id, id) on delete cascade
  )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) {
    await sql.raw(statement).execute(db);
  }
}
