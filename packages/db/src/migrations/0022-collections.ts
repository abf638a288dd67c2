import { type Kysely, sql } from 'kysely';

const statements = [
  `create table collection (
    twin_id integer not null references twin (id),
    id uuid not null default gen_random_uuid(),
    name text not null check (name <> ''),
    created_at timestamptz not null default now(),
    primary key (twin_id, id)
  )`,
  `create unique index collection_name on collection (twin_id, lower(name))`,

  `create table collection_document (
    twin_id integer not null,
    collection_id uuid not null,
    document_id text not null,
    primary key (twin_id, collection_id, document_id),
    foreign key (twin_id, collection_id) references collection (twin_id, id) on delete cascade,
    foreign key (twin_id, document_id) references document (twin_id, id) on delete cascade
  )`,
  `create index collection_document_of on collection_document (twin_id, document_id)`,

  `create table document_tag (
    twin_id integer not null,
    document_id text not null,
    tag text not null check (tag <> ''),
    primary key (twin_id, document_id, tag),
    foreign key (twin_id, document_id) references document (twin_id, id) on delete cascade
  )`,
  `create index document_tag_of on document_tag (twin_id, tag, document_id)`,

  // Which part of the library an answer was asked of, with the names of that time; null for all of it.
  `alter table message add column scope jsonb`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) {
    await sql.raw(statement).execute(db);
  }
}
