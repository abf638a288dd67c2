import { listFailedDocuments } from '@twin/db/queries/documents';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import { remedyOf } from './remedy.ts';
import { retryDocument } from './retry-document.ts';

/** Tries every failed document again that another try can help; `count` tells how many. */
export async function retryFailedDocuments(deps: Deps, scope: TwinScope): Promise<{ count: number }> {
  let count = 0;
  for (const { id, error_code } of await listFailedDocuments(deps.db, scope)) {
    if (remedyOf(error_code) !== 'retry') continue;
    count += (await isRetried(deps, scope, id)) ? 1 : 0;
  }
  return { count };
}

/** False when somebody else retried or deleted it in the meantime. */
async function isRetried(deps: Deps, scope: TwinScope, id: string): Promise<boolean> {
  try {
    await retryDocument(deps, scope, id);
    return true;
  } catch (error) {
    if (error instanceof AppError && (error.code === 'conflict' || error.code === 'not-found')) return false;
    throw error;
  }
}
