import { findDocument } from '@twin/db/queries/documents';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import type { DocumentView } from './document-view.ts';
import { toDocumentView } from './to-document-view.ts';

/** @throws AppError `not-found`. */
export async function getDocument({ db }: Deps, scope: TwinScope, id: string): Promise<DocumentView> {
  const row = await findDocument(db, scope, id);
  if (row === undefined) throw documentNotFound(id);
  return toDocumentView(row);
}

export function documentNotFound(id: string): AppError {
  return new AppError('not-found', `There is no document “${id}”. It may have been deleted.`);
}
