import { type Kysely, sql } from 'kysely';

/**
 * What a filter leaves is found without reading the rest: vectors by their version, chunks by the metadata they came with.
 * And how much there is to search, which every search asks first, is read from an index alone.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create index chunk_metadata on chunk using gin (metadata jsonb_path_ops) where metadata is not null`.execute(db);
  await sql`
    create index document_version_live on document_version (twin_id) include (chunk_count)
    where visibility = 'live'`.execute(db);
  const { rows: models } = await sql<{ id: number }>`select id from embedding_model`.execute(db);
  for (const { id } of models) {
    const name = `chunk_embedding_${id}`;
    await sql`create index if not exists ${sql.ref(`${name}_version`)} on ${sql.table(name)} (twin_id, version_id)`.execute(
      db,
    );
  }
}
