import { postgresErrorCode } from '@twin/db/postgres-error';
import { deleteCollection as deleteRow, insertCollection, updateCollectionName } from '@twin/db/queries/collections';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';

/** An empty collection. @throws AppError `conflict` when there is one of that name, in whatever case. */
export async function createCollection({ db }: Deps, scope: TwinScope, name: string): Promise<{ id: string }> {
  return { id: await refuseTakenName(name, () => insertCollection(db, scope, name.trim())) };
}

/** @throws AppError `not-found`, or `conflict` when another has that name. */
export async function renameCollection(
  { db }: Deps,
  scope: TwinScope,
  { id, name }: { id: string; name: string },
): Promise<void> {
  const isThere = await refuseTakenName(name, () => updateCollectionName(db, scope, id, name.trim()));
  if (!isThere) throw collectionNotFound();
}

/** Its documents stay in the library. @throws AppError `not-found`. */
export async function deleteCollection({ db }: Deps, scope: TwinScope, id: string): Promise<void> {
  if (!(await deleteRow(db, scope, id))) throw collectionNotFound();
}

export function collectionNotFound(): AppError {
  return new AppError('not-found', 'This collection does not exist; it may have been deleted.');
}

async function refuseTakenName<T>(name: string, change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (error) {
    if (postgresErrorCode(error) !== '23505') throw error;
    throw new AppError('conflict', `There already is a collection “${name.trim()}”. Choose another name.`, {
      reason: 'name-taken',
      cause: error,
    });
  }
}
