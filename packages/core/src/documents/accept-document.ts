import { randomUUID } from 'node:crypto';
import type { Tx } from '@twin/db/db';
import { deleteReceivingBlob } from '@twin/db/queries/blobs';
import { listDeletedDocumentIds } from '@twin/db/queries/deleted-documents';
import { lockAcceptance, updateDocument, upsertDocument } from '@twin/db/queries/documents';
import {
  insertVersion,
  listNewestVersionsByContent,
  listVersionsOfDocument,
  type VersionRow,
} from '@twin/db/queries/versions';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { eraseDocuments, listLongVersions, removeLongContents } from './erase-documents.ts';
import { titleFromFileName } from './file-name.ts';
import { removeVersionContents } from './remove-version-contents.ts';

/** Content whose bytes are already in `blobId`. */
export interface OfferedDocument {
  documentId?: string | undefined;
  title?: string | undefined;
  fileName: string;
  folder?: string | undefined;
  mediaType: string | null;
  origin: 'upload' | 'rest' | 'sample';
  blobId: string;
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
    super(`The passages of the deleted document ${documentId} go first`);
    this.documentId = documentId;
  }
}

/**
 * A transaction that takes content in. Where a long table that was deleted is in the way, its passages go first, a few at a
 * time, and the transaction is begun anew.
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
  const { documentId: id, contentSha256 } = offered;
  const inTheWay = id === undefined ? { ids: [], contentSha256 } : { ids: [id] };
  const deletedIds = await listDeletedDocumentIds(tx, scope, inTheWay);
  for (const deletedId of deletedIds) {
    if ((await listLongVersions(tx, scope, deletedId)).length > 0) throw new LongDocumentInTheWay(deletedId);
  }
  await eraseDocuments(deps, tx, scope, deletedIds);
  const target = await findTarget(tx, scope, offered);
  if (target.duplicateOf !== undefined) {
    await deleteReceivingBlob(tx, scope, offered.blobId);
    const { document_id: documentId, id: versionId } = target.duplicateOf;
    if (offered.title !== undefined && documentId === offered.documentId) {
      await updateDocument(tx, scope, documentId, { title: offered.title });
    }
    return { outcome: 'duplicate', documentId, versionId, sameAs: null };
  }
  const { documentId, sameAs } = target;
  const { isNew, liveVersionId } = await upsertDocument(tx, scope, {
    id: documentId,
    title: offered.title,
    titleWhenNew: titleFromFileName(offered.fileName),
    origin: offered.origin,
  });
  // Whatever was not searchable is superseded; what was stays so until this version is published.
  const earlier = isNew ? [] : await listVersionsOfDocument(tx, scope, documentId);
  await removeVersionContents(
    tx,
    scope,
    earlier.filter((version) => version.id !== liveVersionId && version.stage !== 'replaced'),
  );
  const versionId = await insertVersion(tx, scope, { ...offered, documentId });
  await deps.jobs.enqueueIngestion(tx, scope, versionId);
  return { outcome: isNew ? 'created' : 'replaced', documentId, versionId, sameAs };
}

type Target = { documentId: string; sameAs: string | null; duplicateOf?: undefined } | { duplicateOf: VersionRow };

async function findTarget(tx: Tx, scope: TwinScope, { documentId, contentSha256 }: OfferedDocument): Promise<Target> {
  const same = await listNewestVersionsByContent(tx, scope, contentSha256);
  const kept = same.filter(({ stage }) => stage !== 'failed' && stage !== 'canceled');
  if (documentId === undefined) {
    const [duplicateOf] = kept;
    if (duplicateOf !== undefined) return { duplicateOf };
    return { documentId: same[0]?.document_id ?? randomUUID(), sameAs: null };
  }
  const duplicateOf = kept.find((version) => version.document_id === documentId);
  return duplicateOf === undefined ? { documentId, sameAs: kept[0]?.document_id ?? null } : { duplicateOf };
}
