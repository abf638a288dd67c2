import { type Kysely, sql } from 'kysely';

const statements = [
  // Where an import from elsewhere stands. The cursor moves in the transaction that stores its page, so a process killed
  // anywhere goes on at the first page that is not stored.
  `create table import_progress (
    twin_id integer not null references twin (id),
    source text not null,
    pass integer not null,
    cursor text,
    done boolean not null,
    updated_at timestamptz not null default now(),
    primary key (twin_id, source)
  )`,

  // What came from where: by it a repeated page changes nothing, a later pass finds what changed, and counts are exact.
  `create table imported_item (
    twin_id integer not null references twin (id),
    source text not null,
    item_id text not null,
    -- What became of it, e.g. vector, cache or skipped: no text.
    outcome text not null,
    -- The id it has here; null when it was left out.
    target_id text,
    checksum bytea not null,
    pass integer not null,
    primary key (twin_id, source, item_id)
  )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) {
    await sql.raw(statement).execute(db);
  }
}
