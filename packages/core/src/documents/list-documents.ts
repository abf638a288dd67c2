import {
  countDocuments,
  type DocumentListFilter,
  type DocumentOrder,
  type DocumentPosition,
  listDocuments as listDocumentRows,
} from '@twin/db/queries/document-list';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import type { DocumentView } from './document-view.ts';
import { anyText, decodeCursor, encodeCursor, timestamp } from './page-cursor.ts';
import { toDocumentView } from './to-document-view.ts';

export interface DocumentListInput {
  limit: number;
  /** `newest` when left out. */
  order?: DocumentOrder;
  filter?: DocumentListFilter;
  /** Of the page before, which was asked for with the same order and filter. */
  cursor?: string;
}

/**
 * One page of the library; `totalCount` counts what meets the filter on all pages.
 * @throws AppError `invalid-input` for a cursor that was not handed out for this order.
 */
export async function listDocuments(
  { db }: Deps,
  scope: TwinScope,
  { limit, order = 'newest', filter = {}, cursor }: DocumentListInput,
): Promise<{ documents: DocumentView[]; nextCursor: string | null; totalCount: number }> {
  const after = cursor === undefined ? undefined : positionAt(cursor, order);
  const rows = await listDocumentRows(db, scope, { limit: limit + 1, order, filter, after });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    documents: page.map(toDocumentView),
    nextCursor: last === undefined ? null : encodeCursor([order, last.position, last.id]),
    totalCount: await countDocuments(db, scope, filter),
  };
}

function positionAt(cursor: string, order: DocumentOrder): DocumentPosition {
  const [, position = '', id = ''] = decodeCursor(cursor, [new RegExp(`^${order}$`), positions[order], anyText]);
  return { position, id };
}

/** What Postgres takes for a position in each order. */
const positions: Record<DocumentOrder, RegExp> = {
  newest: timestamp,
  oldest: timestamp,
  title: anyText,
  largest: /^\d{1,15}$/,
};
