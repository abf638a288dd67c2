import { type Kysely, sql } from 'kysely';

const statements = [
  // Whether a passage may answer. Beside the vectors and the words once more: a scan of them reads no other table.
  `alter table chunk add column enabled boolean not null default true`,
  `alter table chunk_words add column enabled boolean not null default true`,
  `create index chunk_disabled on chunk (twin_id, version_id) where not enabled`,

  // Of what is embedded: a new version's chunk with the hash of an old one takes over its vector. Null before this.
  `alter table chunk add column embedded_sha256 bytea`,

  `create index document_deleted on document (twin_id, deleted_at) where deleted_at is not null`,
  // Two versions share a file when one is the other's, read again: it goes with the last of them.
  `create index document_version_by_blob on document_version (twin_id, blob_id) where blob_id is not null`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) {
    await sql.raw(statement).execute(db);
  }
  const { rows: models } = await sql<{ id: number; state: string }>`select id, state from embedding_model`.execute(db);
  for (const { id } of models) {
    await sql`alter table ${sql.table(`chunk_embedding_${id}`)} add column enabled boolean not null default true`.execute(
      db,
    );
  }
  const active = models.find(({ state }) => state === 'active');
  if (active !== undefined) await replaceVectorsView(db, active.id);
}

async function replaceVectorsView(db: Kysely<unknown>, modelId: number): Promise<void> {
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
    from ${sql.table(`chunk_embedding_${modelId}`)} e
    join chunk c on c.twin_id = e.twin_id and c.id = e.chunk_id and c.enabled
    join document_version v on v.twin_id = c.twin_id and v.id = c.version_id and v.visibility = 'live'
    join document d on d.twin_id = c.twin_id and d.id = c.document_id and d.deleted_at is null`.execute(db);
}
