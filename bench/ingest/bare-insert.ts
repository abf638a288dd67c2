import { findActiveEmbeddingModel, registerEmbeddingModel } from '@twin/db/queries/embedding-models';
import { gatherFirstStatistics } from '@twin/db/queries/first-statistics';
import type { TestDatabase } from '@twin/db/testing/create-test-database';
import { sql } from 'kysely';

const tables = ['document', 'blob', 'blob_part', 'document_version', 'document_text', 'chunk', 'embedding'] as const;
type Rows = Record<(typeof tables)[number], object[]>;

/**
 * What a script would do that only wants the rows of one version in the database: an insert for each table, one
 * transaction. Words and indexes are kept by the same triggers, on the same tables. Returns the milliseconds it took.
 */
export async function insertBare(from: TestDatabase, to: TestDatabase, versionId: number): Promise<number> {
  const rows = await readRows(from, versionId);
  await matchModels(from, to);
  const started = performance.now();
  await to.db.transaction().execute(async (tx) => {
    for (const table of tables) {
      const target = table === 'embedding' ? 'chunk_embedding_1' : table;
      // As JSON, which carries every column of whatever type in one parameter.
      await sql`insert into ${sql.table(target)} overriding system value
        select * from json_populate_recordset(null::${sql.table(target)}, ${JSON.stringify(rows[table])}::json)`.execute(
        tx,
      );
    }
  });
  const milliseconds = performance.now() - started;
  // As in the product's own database: on a new one, both would be the slower the more there is, until it is looked at.
  await gatherFirstStatistics(to.db, rows.chunk.length);
  return milliseconds;
}

async function readRows({ db }: TestDatabase, versionId: number): Promise<Rows> {
  const read = async (query: ReturnType<typeof sql<{ row: object }>>) =>
    (await query.execute(db)).rows.map(({ row }) => row);
  return {
    document: await read(sql`select to_json(d) as row from document d where live_version_id = ${versionId}`),
    blob: await read(sql`select to_json(b) as row from blob b
      where id = (select blob_id from document_version where id = ${versionId})`),
    blob_part: await read(sql`select to_json(b) as row from blob_part b
      where blob_id = (select blob_id from document_version where id = ${versionId})`),
    document_version: await read(sql`select to_json(v) as row from document_version v where id = ${versionId}`),
    document_text: await read(sql`select to_json(t) as row from document_text t where version_id = ${versionId}`),
    chunk: await read(sql`select to_json(c) as row from chunk c where version_id = ${versionId}`),
    embedding: await read(sql`select to_json(e) as row from chunk_embedding_1 e where version_id = ${versionId}`),
  };
}

let matched = false;

/** The table of vectors, with the same indexes, is made by the first document. */
async function matchModels(from: TestDatabase, to: TestDatabase): Promise<void> {
  if (matched) return;
  const model = await findActiveEmbeddingModel(from.db);
  if (model === undefined) throw new Error('No model answers searches yet');
  await to.db.transaction().execute(async (tx) => await registerEmbeddingModel(tx, to.home, model));
  matched = true;
}
