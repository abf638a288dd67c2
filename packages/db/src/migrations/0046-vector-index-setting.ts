import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  // Which kind of index vectors have where its owner wants another than the usual one: one row or none.
  await sql`
    create table vector_index_setting (
      is_only boolean primary key default true check (is_only),
      kind text not null check (kind in ('hnsw', 'ivfflat'))
    )`.execute(db);
}
