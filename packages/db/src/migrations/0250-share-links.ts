import { type Kysely, sql } from 'kysely';

const statements = [
  // Who holds a link's token may talk to the twin. The token is random and stored nowhere: this is what it hashes to.
  `create table share_link (
    twin_id integer not null references twin (id),
    id uuid not null default gen_random_uuid(),
    name text not null check (name <> ''),
    token_hash text not null check (length(token_hash) = 64),
    created_at timestamptz not null default now(),
    expires_at timestamptz,
    revoked_at timestamptz,
    last_used_at timestamptz,
    questions integer not null default 0,
    questions_day date,
    questions_of_day integer not null default 0,
    primary key (twin_id, id)
  )`,
  `create unique index share_link_token on share_link (twin_id, token_hash)`,

  // Of whom a conversation is: a visitor, by the link that let them in, or with null the owner's side.
  `alter table conversation add column visitor_id uuid`,
  `alter table conversation add column share_link_id uuid`,
  `alter table conversation drop constraint conversation_origin_check`,
  `alter table conversation add constraint conversation_origin_check check (origin in ('app', 'api', 'visitor'))`,
  `alter table conversation add constraint conversation_visitor_check check (
    (origin = 'visitor') = (visitor_id is not null) and (visitor_id is null) = (share_link_id is null))`,
  `alter table conversation add foreign key (twin_id, share_link_id) references share_link (twin_id, id) on delete cascade`,
  `create index conversation_of_visitor on conversation (twin_id, visitor_id, updated_at desc) where visitor_id is not null`,
  `create index conversation_of_share_link on conversation (twin_id, share_link_id) where share_link_id is not null`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) {
    await sql.raw(statement).execute(db);
  }
}
