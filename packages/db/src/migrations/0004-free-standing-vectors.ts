import { type Kysely, sql } from 'kysely';

/** Chunks whose vectors were computed elsewhere keep the id and the metadata they came with. */
const statements = [
  `alter table chunk add column vector_id text, add column metadata jsonb`,
  `create unique index chunk_vector_id on chunk (twin_id, vector_id) where vector_id is not null`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) {
    await sql.raw(statement).execute(db);
  }
  const { rows } = await sql<{ id: number }>`select id from embedding_model where state = 'active'`.execute(db);
  for (const { id } of rows) {
    await sql`drop view vectors`.execute(db);
    await sql`
      create view vectors as
      select coalesce(c.vector_id, c.document_id || '-chunk-' || c.ordinal) as id,
        e.embedding::vector as embedding,
        c.content,
        jsonb_build_object('documentId', c.document_id, 'title', d.title, 'versionId', c.version_id,
          'ordinal', c.ordinal, 'startOffset', c.start_offset, 'endOffset', c.end_offset,
          'pageFrom', c.page_from, 'pageTo', c.page_to, 'headingPath', to_jsonb(c.heading_path))
          || coalesce(c.metadata, '{}') as metadata,
        c.twin_id
      from ${sql.table(`chunk_embedding_${id}`)} e
      join chunk c on c.twin_id = e.twin_id and c.id = e.chunk_id
      join document_version v on v.twin_id = c.twin_id and v.id = c.version_id and v.visibility = 'live'
      join document d on d.twin_id = c.twin_id and d.id = c.document_id and d.deleted_at is null`.execute(db);
  }
}
