import { type Selectable, sql } from 'kysely';
import type { Db } from '../db.ts';
import type { IngestionMetadataTable } from '../schema.ts';
import type { TwinScope } from '../scope.ts';

/** What one ingest call did to one of its documents. */
export interface IngestedDocument {
  id: string;
  title: string;
  outcome: string;
}

export interface IngestionRow extends Omit<Selectable<IngestionMetadataTable>, 'documents'> {
  documents: IngestedDocument[];
}

/** Records an ingest call for `keptDays` days. */
export async function insertIngestion(
  db: Db,
  scope: TwinScope,
  ingestion: { id: string; userId: string; documents: readonly IngestedDocument[]; keptDays: number },
): Promise<void> {
  await db
    .insertInto('ingestion_metadata')
    .values({
      twin_id: scope.twinId,
      id: ingestion.id,
      user_id: ingestion.userId,
      document_count: ingestion.documents.length,
      documents: JSON.stringify(ingestion.documents),
      expires_at: sql<Date>`(now() at time zone 'utc') + make_interval(days => ${ingestion.keptDays}::integer)`,
    })
    .execute();
}

/** Newest first, without those that have expired. */
export async function listIngestions(db: Db, scope: TwinScope, limit: number): Promise<IngestionRow[]> {
  const rows = await db
    .selectFrom('ingestion_metadata')
    .selectAll()
    .where('twin_id', '=', scope.twinId)
    .where('expires_at', '>', sql<Date>`now() at time zone 'utc'`)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, documents: row.documents as IngestedDocument[] }));
}
