import { countDocuments, listDocuments as listDocumentRows } from '@twin/db/queries/documents';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import type { DocumentView } from './document-view.ts';
import { toDocumentView } from './to-document-view.ts';

/** One page of the library, newest first. @throws AppError `invalid-input` for a cursor that was not handed out. */
export async function listDocuments(
  { db }: Deps,
  scope: TwinScope,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<{ documents: DocumentView[]; nextCursor: string | null; totalCount: number }> {
  const after = cursor === undefined ? undefined : decodeCursor(cursor);
  const rows = await listDocumentRows(db, scope, { limit: limit + 1, after });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    documents: page.map(toDocumentView),
    nextCursor: last === undefined ? null : encodeCursor(last),
    totalCount: await countDocuments(db, scope),
  };
}

function encodeCursor({ position, id }: { position: string; id: string }): string {
  return Buffer.from(JSON.stringify([position, id])).toString('base64url');
}

function decodeCursor(cursor: string): { position: string; id: string } {
  try {
    const decoded: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(decoded)) {
      const [position, id]: unknown[] = decoded;
      if (typeof position === 'string' && timestamp.test(position) && typeof id === 'string') return { position, id };
    }
  } catch {
    // Falls through to the refusal below.
  }
  throw new AppError('invalid-input', 'This page of the list no longer exists. Start again from the first page.');
}

/** As Postgres prints a `timestamptz`. */
const timestamp = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?[+-]\d\d(?::?\d\d)?$/;
