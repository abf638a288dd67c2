import {
  countDocuments,
  type DocumentListFilter,
  type DocumentOrder,
  type DocumentPosition,
  listDocuments as listDocumentRows,
} from '@twin/db/queries/document-list';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import type { DocumentView } from './document-view.ts';
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
  const after = cursor === undefined ? undefined : decodeCursor(cursor, order);
  const rows = await listDocumentRows(db, scope, { limit: limit + 1, order, filter, after });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    documents: page.map(toDocumentView),
    nextCursor: last === undefined ? null : encodeCursor(last, order),
    totalCount: await countDocuments(db, scope, filter),
  };
}

function encodeCursor({ position, id }: DocumentPosition, order: DocumentOrder): string {
  return Buffer.from(JSON.stringify([order, position, id])).toString('base64url');
}

function decodeCursor(cursor: string, order: DocumentOrder): DocumentPosition {
  try {
    const decoded: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(decoded)) {
      const [of, position, id]: unknown[] = decoded;
      const isPosition = of === order && typeof position === 'string' && positions[order].test(position);
      if (isPosition && typeof id === 'string') return { position, id };
    }
  } catch {
    // Falls through to the refusal below.
  }
  throw new AppError('invalid-input', 'This page of the list no longer exists. Start again from the first page.');
}

/** As Postgres prints a `timestamptz`. */
export const timestamp = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?[+-]\d\d(?::?\d\d)?$/;

/** What Postgres takes for a position in each order. */
const positions: Record<DocumentOrder, RegExp> = {
  newest: timestamp,
  oldest: timestamp,
  title: /^[^\0]*$/,
  largest: /^\d{1,15}$/,
};
