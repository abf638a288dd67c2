import { listDocumentStages } from '@twin/db/queries/documents';
import { listIngestions as listIngestionRows } from '@twin/db/queries/ingestion-metadata';
import type { IngestionStage } from '@twin/db/schema';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { type Remedy, remedyAt } from './remedy.ts';

/** How long the record of an ingest call is kept. */
export const ingestionKeptDays = 30;

export interface IngestionCallView {
  id: string;
  /** Who called, as they named themselves. */
  userId: string;
  documentCount: number;
  /**
   * `stage` is where the document stands now, null when it is gone; `remedy` what takes in one that failed; `title` null
   * when it has been erased since.
   */
  documents: { id: string; title: string | null; outcome: string; stage: IngestionStage | null; remedy: Remedy }[];
  createdAt: string;
}

/** The log of uploads and ingest calls, newest first. */
export async function listIngestions(
  { db }: Deps,
  scope: TwinScope,
  { limit }: { limit: number },
): Promise<IngestionCallView[]> {
  const rows = await listIngestionRows(db, scope, limit);
  const ids = new Set(rows.flatMap(({ documents }) => documents.map(({ id }) => id)));
  const stages = await listDocumentStages(db, scope, [...ids]);
  return rows.map((row) => ({
    id: row.id,
    userId: row.user_id,
    documentCount: row.document_count,
    documents: row.documents.map(({ id, title, outcome }) => {
      const standing = stages.get(id);
      const remedy = standing === undefined ? null : remedyAt(standing);
      return { id, title: title ?? null, outcome, stage: standing?.stage ?? null, remedy };
    }),
    createdAt: row.created_at.toISOString(),
  }));
}
