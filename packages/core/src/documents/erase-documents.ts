import type { Tx } from '@twin/db/db';
import { liftStatementBoundOf } from '@twin/db/lift-statement-bound';
import { eraseFromAnswers, hasMoreAnswersReading } from '@twin/db/queries/answer-sources';
import { deleteDatabaseValues } from '@twin/db/queries/cache';
import { deleteDocuments, lockDocumentDeletedSince, markErasing } from '@twin/db/queries/deleted-documents';
import { eraseFromIngestions } from '@twin/db/queries/ingestion-metadata';
import { listVersionsOfDocument, type VersionRow } from '@twin/db/queries/versions';
import type { TwinScope } from '@twin/db/scope';
import { answerKeyPrefix } from '../cache/cache-keys.ts';
import type { Deps } from '../deps.ts';
import { limits } from '../limits.ts';
import { isLong, removeChunks } from './remove-chunks.ts';

/** Few enough that on one connection nobody waits long behind them. */
const answersPerTransaction = 100;
/** Up to here the answers that found something in a document lose it in the transaction that erases the document. */
const answersAtOnceMax = 500;

/**
 * Removes a deleted document for good: file, versions, text, chunks, vectors, queued work and what answers found in it, in one
 * transaction. Does nothing when it has been brought back, or deleted again so lately that it can still be. What is too much
 * for one transaction goes before, a little at a time.
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
 * Removes what is too much to go with its document at once, a little at a time, if that was deleted at least `seconds` ago:
 * the passages of a long table, and what thousands of answers have found. From then on it cannot be brought back.
 */
export async function removeLongContents(
  { db }: Pick<Deps, 'db'>,
  scope: TwinScope,
  id: string,
  seconds: number,
): Promise<void> {
  const { versions, isOftenFound } = await db.transaction().execute(async (tx) => {
    if (!(await lockDocumentDeletedSince(tx, scope, id, seconds))) return nothingLong;
    const long = await findLongContents(tx, scope, id);
    if (isLongToErase(long)) await markErasing(tx, scope, id);
    return long;
  });
  for (const { id: versionId, stage } of versions) await removeChunks({ db }, scope, { versionId, stage });
  for (let more = isOftenFound; more; ) {
    const limit = answersPerTransaction;
    more = (await db.transaction().execute((tx) => eraseFromAnswers(tx, scope, [id], { limit }))) === limit;
  }
}

/** Of a document, what is too much to go with it at once. */
interface LongContents {
  /** With more passages than that. */
  versions: VersionRow[];
  /** Whether more answers than that have found something in it. */
  isOftenFound: boolean;
}

const nothingLong: LongContents = { versions: [], isOftenFound: false };

export function isLongToErase({ versions, isOftenFound }: LongContents): boolean {
  return versions.length > 0 || isOftenFound;
}

export async function findLongContents(tx: Tx, scope: TwinScope, id: string): Promise<LongContents> {
  const isOftenFound = await hasMoreAnswersReading(tx, scope, { documentId: id, count: answersAtOnceMax });
  return { versions: await listLongVersions(tx, scope, id), isOftenFound };
}

/** The versions of a document whose passages are too many to go with it at once. */
async function listLongVersions(tx: Tx, scope: TwinScope, id: string): Promise<VersionRow[]> {
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

/**
 * The documents with all they hold, what the records of ingest calls say of them, and kept answers, which may quote them. What
 * answers and evaluations found in a document goes with its row, by a trigger.
 */
export async function eraseContents(tx: Tx, scope: TwinScope, ids: readonly string[]): Promise<void> {
  await deleteDocuments(tx, scope, ids);
  await eraseFromIngestions(tx, scope, ids);
  // One that was being written when the document was deleted may quote it, and is never found again.
  await deleteDatabaseValues(tx, scope, answerKeyPrefix);
}
