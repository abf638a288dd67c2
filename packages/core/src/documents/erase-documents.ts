import type { Tx } from '@twin/db/db';
import { liftStatementBoundOf } from '@twin/db/lift-statement-bound';
import { deleteDatabaseValues } from '@twin/db/queries/cache';
import { deleteDocuments, lockDocumentDeletedSince, markErasing } from '@twin/db/queries/deleted-documents';
import { eraseFromIngestions } from '@twin/db/queries/ingestion-metadata';
import { listVersionsOfDocument, type VersionRow } from '@twin/db/queries/versions';
import type { TwinScope } from '@twin/db/scope';
import { answerKeyPrefix } from '../cache/cache-keys.ts';
import type { Deps } from '../deps.ts';
import { limits } from '../limits.ts';
import { isLong, removeChunks } from './remove-chunks.ts';

/**
 * Removes a deleted document for good: file, versions, text, chunks, vectors and queued work, in one transaction. Does
 * nothing when it has been brought back, or deleted again so lately that it can still be. The passages of a long table go
 * before, a few at a time.
 */
export async function eraseDeletedDocument(deps: Pick<Deps, 'db' | 'jobs'>, scope: TwinScope, id: string) {
  await removeLongContents(deps, scope, id, limits.undoDeleteSeconds);
  await deps.db.transaction().execute(async (tx) => {
    // A document takes thousands of rows with it, and nobody waits for this.
    await liftStatementBoundOf(tx);
    if (await lockDocumentDeletedSince(tx, scope, id, limits.undoDeleteSeconds)) {
      await eraseDocuments(deps, tx, scope, [id]);
    }
  });
}

/**
 * Removes the passages that are too many to go with their document at once, a few at a time, if it was deleted at least
 * `seconds` ago; from then on it cannot be brought back.
 */
export async function removeLongContents(
  { db }: Pick<Deps, 'db'>,
  scope: TwinScope,
  id: string,
  seconds: number,
): Promise<void> {
  const versions = await db.transaction().execute(async (tx) => {
    if (!(await lockDocumentDeletedSince(tx, scope, id, seconds))) return [];
    const long = await listLongVersions(tx, scope, id);
    if (long.length > 0) await markErasing(tx, scope, id);
    return long;
  });
  for (const { id: versionId, stage } of versions) await removeChunks({ db }, scope, { versionId, stage });
}

/** The versions of a document whose passages are too many to go with it at once. */
export async function listLongVersions(tx: Tx, scope: TwinScope, id: string): Promise<VersionRow[]> {
  const long: VersionRow[] = [];
  for (const version of await listVersionsOfDocument(tx, scope, id)) {
    if (await isLong(tx, scope, version)) long.push(version);
  }
  return long;
}

/** The documents with all they hold and all that is queued for them. */
export async function eraseDocuments({ jobs }: Pick<Deps, 'jobs'>, tx: Tx, scope: TwinScope, ids: readonly string[]) {
  if (ids.length === 0) return;
  for (const id of ids) {
    const versions = await listVersionsOfDocument(tx, scope, id);
    const versionIds = versions.map((version) => version.id);
    await jobs.removeIngestions(tx, scope, versionIds);
  }
  await eraseContents(tx, scope, ids);
}

/** The documents with all they hold, what the records of ingest calls say of them, and kept answers, which may quote them. */
export async function eraseContents(tx: Tx, scope: TwinScope, ids: readonly string[]): Promise<void> {
  await deleteDocuments(tx, scope, ids);
  await eraseFromIngestions(tx, scope, ids);
  // One that was being written when the document was deleted may quote it, and is never found again.
  await deleteDatabaseValues(tx, scope, answerKeyPrefix);
}
