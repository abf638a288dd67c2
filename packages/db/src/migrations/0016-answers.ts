import { type Kysely, sql } from 'kysely';

const statements = [
  `alter table message
    add column unsupported jsonb not null default '[]',
    -- Tokens and cost; null where no model was asked.
    add column usage jsonb,
    add column from_cache boolean not null default false,
    -- Why a model that is configured was not asked.
    add column model_skipped text check (model_skipped in ('token-budget'))`,

  `alter table twin
    add column bio text not null default '',
    add column tone text not null default '',
    add column person text not null default 'third' check (person in ('first', 'third')),
    add column strictness text not null default 'strict' check (strictness in ('strict', 'balanced')),
    -- Null: no limit.
    add column daily_tokens_max bigint check (daily_tokens_max > 0)`,

  // By day of UTC and model: what is spent survives the conversations it was spent on.
  `create table token_usage (
    twin_id integer not null references twin (id),
    day date not null,
    model text not null,
    answers integer not null default 0,
    prompt_tokens bigint not null default 0,
    completion_tokens bigint not null default 0,
    estimated_answers integer not null default 0,
    cost numeric not null default 0,
    primary key (twin_id, day, model)
  )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) {
    await sql.raw(statement).execute(db);
  }
}
