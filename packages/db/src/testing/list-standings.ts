import { sql } from 'kysely';
import type { Db } from '../db.ts';
import { embeddingTable, findActiveEmbeddingModel } from '../queries/embedding-models.ts';
import type { IngestionStage } from '../schema.ts';

/** How far a version has come, and what is stored of it. */
export interface Standing {
  documentId: string;
  stage: IngestionStage;
  textParts: number;
  passages: number;
  vectors: number;
}

/** Of every version that has not been replaced. Some model must have been used. */
export async function listStandings(db: Db): Promise<Standing[]> {
  const model = await findActiveEmbeddingModel(db);
  const { rows } = await sql<Standing>`
    select v.document_id as "documentId", v.stage,
      (select count(*) from document_text t where t.twin_id = v.twin_id and t.version_id = v.id) as "textParts",
      (select count(*) from chunk c where c.twin_id = v.twin_id and c.version_id = v.id) as passages,
      (select count(*) from ${embeddingTable(model?.id ?? 0)} e where e.twin_id = v.twin_id and e.version_id = v.id) as vectors
    from document_version v where v.stage <> 'replaced' order by v.id`.execute(db);
  return rows;
}
