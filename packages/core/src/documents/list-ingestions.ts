import { type DocumentStanding, listDocumentStandings } from '@twin/db/queries/documents';
import {
  type IngestedDocument,
  type IngestionPosition,
  listIngestions as listIngestionRows,
} from '@twin/db/queries/ingestion-metadata';
import type { IngestionStage } from '@twin/db/schema';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { anyText, decodeCursor, encodeCursor, timestamp } from './page-cursor.ts';
import { type Remedy, remedyAt } from './remedy.ts';

/** How long the record of an ingest call is kept. */
export const ingestionKeptDays = 30;

export interface IngestionCallView {
  id: string;
  /** Who called, as they named themselves. */
  userId: string;
  documentCount: number;
  documents: IngestedDocumentView[];
  createdAt: string;
}

export interface IngestedDocumentView {
  id: string;
  /** What it is called now, or was when it is gone; null when it has been erased since. */
  title: string | null;
  /** Null when it is gone. */
  fileName: string | null;
  outcome: string;
  /** Where the document stands now; null when it is gone. */
  stage: IngestionStage | null;
  /** What takes in one that failed. */
  remedy: Remedy;
  /** Why it failed; null when it did not. */
  error: string | null;
}

export interface IngestionPage {
  ingestions: IngestionCallView[];
  nextCursor: string | null;
}

/**
 * One page of the log of uploads and ingest calls, newest first.
 * @throws AppError `invalid-input` for a cursor that was not handed out.
 */
export async function listIngestions(
  { db }: Deps,
  scope: TwinScope,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<IngestionPage> {
  const rows = await listIngestionRows(db, scope, limit + 1, cursor === undefined ? undefined : positionAt(cursor));
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  const ids = new Set(page.flatMap(({ documents }) => documents.map(({ id }) => id)));
  const standings = await listDocumentStandings(db, scope, [...ids]);
  return {
    ingestions: page.map((row) => ({
      id: row.id,
      userId: row.user_id,
      documentCount: row.document_count,
      documents: row.documents.map((document) => viewOf(document, standings.get(document.id))),
      createdAt: row.created_at.toISOString(),
    })),
    nextCursor: last === undefined ? null : encodeCursor([last.position, last.id]),
  };
}

function viewOf(
  { id, title, outcome }: IngestedDocument,
  standing: DocumentStanding | undefined,
): IngestedDocumentView {
  if (standing === undefined) {
    return { id, title: title ?? null, fileName: null, outcome, stage: null, remedy: null, error: null };
  }
  const { stage, file_name: fileName } = standing;
  const error = stage === 'failed' ? standing.error_message : null;
  return { id, title: standing.title, fileName, outcome, stage, remedy: remedyAt(standing), error };
}

function positionAt(cursor: string): IngestionPosition {
  const [position = '', id = ''] = decodeCursor(cursor, [timestamp, anyText]);
  return { position, id };
}
