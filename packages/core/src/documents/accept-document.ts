import { randomUUID } from 'node:crypto';
import type { Tx } from '@twin/db/db';
import { type Encounters, findEncounters, insertWholeDocument, lockAcceptance } from '@twin/db/queries/acceptance';
import { deleteReceivingBlob, insertBlob } from '@twin/db/queries/blobs';
import { updateDocument, upsertDocument } from '@twin/db/queries/documents';
import { insertVersion, listVersionsOfDocument } from '@twin/db/queries/versions';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { eraseDocuments, findLongContents, isLongToErase, removeLongContents } from './erase-documents.ts';
import { titleFromFileName } from './file-name.ts';
import { removeVersionContents } from './remove-version-contents.ts';

/** The bytes of a file: in a blob, in state `receiving`, or one part that has not been stored yet. */
export type FileContent = { blobId: string } | { bytes: Uint8Array };

export interface OfferedDocument {
  documentId?: string | undefined;
  title?: string | undefined;
  fileName: string;
  folder?: string | undefined;
  mediaType: string | null;
  origin: 'upload' | 'rest' | 'sample';
  file: FileContent;
  contentSha256: Uint8Array;
  byteSize: number;
}

/** `created`: a new document. `replaced`: a new version of one. `duplicate`: its content was here already. */
export interface Acceptance {
  outcome: 'created' | 'replaced' | 'duplicate';
  documentId: string;
  versionId: number;
  /** Another document that reads the same, as one under an id of its own may. */
  sameAs: string | null;
}

class LongDocumentInTheWay extends Error {
  readonly documentId: string;
  constructor(documentId: string) {
    super(`What is long of the deleted document ${documentId} goes first`);
    this.documentId = documentId;
  }
}

/**
 * A transaction that takes content in. Where a document that was deleted is in the way and takes long to erase, what is long
 * of it goes first, a little at a time, and the transaction is begun anew.
 */
export async function inAcceptance<Result>(
  deps: Pick<Deps, 'db'>,
  scope: TwinScope,
  work: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  for (;;) {
    try {
      return await deps.db.transaction().execute(work);
    } catch (error) {
      if (!(error instanceof LongDocumentInTheWay)) throw error;
      await removeLongContents(deps, scope, error.documentId, 0);
    }
  }
}

/**
 * Takes content in, all within `tx`, a transaction of `inAcceptance`: the version and its job exist once `tx` commits, or neither does.
 *
 * Content that is searchable or under way is not taken in twice, unless under an id of the caller's own: whoever gives an id
 * finds its content there, whatever becomes of other documents that read the same. Content that failed or was canceled before
 * gets a new version of that document. What was deleted and could still be brought back does not count: the document of that
 * id, or without an id those that read the same, are erased first.
 */
export async function acceptDocument(
  deps: Pick<Deps, 'jobs'>,
  tx: Tx,
  scope: TwinScope,
  offered: OfferedDocument,
): Promise<Acceptance> {
  await lockAcceptance(tx, scope);
  const encounters = await clearTheWay(deps, tx, scope, offered);
  const target = findTarget(offered, encounters);
  if (target.duplicateOf !== undefined) {
    if ('blobId' in offered.file) await deleteReceivingBlob(tx, scope, offered.file.blobId);
    const { documentId, versionId } = target.duplicateOf;
    if (offered.title !== undefined && documentId === offered.documentId) {
      await updateDocument(tx, scope, documentId, { title: offered.title });
    }
    return { outcome: 'duplicate', documentId, versionId, sameAs: null };
  }
  const { isNew, versionId } = await addVersion(tx, scope, target, offered);
  await deps.jobs.enqueueIngestion(tx, scope, versionId);
  return { outcome: isNew ? 'created' : 'replaced', documentId: target.documentId, versionId, sameAs: target.sameAs };
}

/** Erases deleted documents that are in the way, and tells what else the content meets. */
async function clearTheWay(
  deps: Pick<Deps, 'jobs'>,
  tx: Tx,
  scope: TwinScope,
  offered: OfferedDocument,
): Promise<Encounters> {
  const met = await findEncounters(tx, scope, offered);
  if (met.deletedIds.length === 0) return met;
  for (const deletedId of met.deletedIds) {
    if (isLongToErase(await findLongContents(tx, scope, deletedId))) throw new LongDocumentInTheWay(deletedId);
  }
  await eraseDocuments(deps, tx, scope, met.deletedIds);
  return await findEncounters(tx, scope, offered);
}

type NewTarget = { documentId: string; isTaken: boolean; sameAs: string | null; duplicateOf?: undefined };
type Target = NewTarget | { duplicateOf: Encounters['same'][number] };

function findTarget({ documentId }: OfferedDocument, { same, isTaken }: Encounters): Target {
  const kept = same.filter(({ stage }) => stage !== 'failed' && stage !== 'canceled');
  if (documentId === undefined) {
    const [duplicateOf] = kept;
    if (duplicateOf !== undefined) return { duplicateOf };
    const [failed] = same;
    return { documentId: failed?.documentId ?? randomUUID(), isTaken: failed !== undefined, sameAs: null };
  }
  const duplicateOf = kept.find((version) => version.documentId === documentId);
  return duplicateOf === undefined ? { documentId, isTaken, sameAs: kept[0]?.documentId ?? null } : { duplicateOf };
}

/** The next version of a document, or a document with its first one: that of a short file in one statement. */
async function addVersion(
  tx: Tx,
  scope: TwinScope,
  { documentId, isTaken }: NewTarget,
  offered: OfferedDocument,
): Promise<{ isNew: boolean; versionId: number }> {
  const titleWhenNew = titleFromFileName(offered.fileName);
  const { file } = offered;
  if ('bytes' in file && !isTaken) {
    const whole = { ...offered, ...file, documentId, title: offered.title ?? titleWhenNew };
    const versionId = await insertWholeDocument(tx, scope, whole);
    if (versionId !== undefined) return { isNew: true, versionId };
  }
  const { isNew, liveVersionId } = await upsertDocument(tx, scope, {
    id: documentId,
    title: offered.title,
    titleWhenNew,
    origin: offered.origin,
  });
  // Whatever was not searchable is superseded; what was stays so until this version is published.
  const earlier = isNew ? [] : await listVersionsOfDocument(tx, scope, documentId);
  await removeVersionContents(
    tx,
    scope,
    earlier.filter((version) => version.id !== liveVersionId && version.stage !== 'replaced'),
  );
  const blobId = 'bytes' in file ? await insertBlob(tx, scope, file.bytes) : file.blobId;
  return { isNew, versionId: await insertVersion(tx, scope, { ...offered, documentId, blobId }) };
}
