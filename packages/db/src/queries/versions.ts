import { type Selectable, sql } from 'kysely';
import type { Db, Tx } from '../db.ts';
import type { DocumentVersionTable, IngestionStage } from '../schema.ts';
import type { TwinScope } from '../scope.ts';
import { namedByText, namedStatement } from '../server/name-statements.ts';

export type VersionRow = Selectable<DocumentVersionTable>;

/** Stages at which a job is to be done. */
export type UnfinishedStage = Exclude<IngestionStage, 'ready' | 'failed' | 'canceled' | 'replaced'>;
export const unfinishedStages: readonly UnfinishedStage[] = [
  'queued',
  'reading',
  'chunking',
  'embedding',
  'publishing',
];

export async function findVersion(db: Db, scope: TwinScope, id: number): Promise<VersionRow | undefined> {
  return await selectVersions(db, scope).where('id', '=', id).executeTakeFirst();
}

/** Newest first. */
export async function listVersionsOfDocument(db: Db, scope: TwinScope, documentId: string): Promise<VersionRow[]> {
  return await selectVersions(db, scope)
    .where('document_id', '=', documentId)
    .orderBy('version_number', 'desc')
    .execute();
}

/** Without those of documents that have been deleted. */
export async function listVersions(db: Db, scope: TwinScope, ids: readonly number[]): Promise<VersionRow[]> {
  if (ids.length === 0) return [];
  return await selectVersions(db, scope).where('id', 'in', ids).where(isOfDocument(scope)).execute();
}

/** The version if there is work to do on it: at an unfinished stage, of a document that has not been deleted. */
export async function findUnfinishedVersion(db: Db, scope: TwinScope, id: number): Promise<VersionRow | undefined> {
  return await selectUnfinishedVersions(db, scope).where('id', '=', id).executeTakeFirst();
}

export async function listUnfinishedVersions(db: Db, scope: TwinScope): Promise<VersionRow[]> {
  return await selectUnfinishedVersions(db, scope).orderBy('id').execute();
}

export interface NewVersion {
  documentId: string;
  blobId: string;
  contentSha256: Uint8Array;
  fileName: string;
  folder?: string | null | undefined;
  mediaType: string | null;
  byteSize: number;
}

/**
 * The next version of a document, queued; its blob is stored for good from here on. The document's row must be locked by
 * `tx`, so that numbers have no race.
 *
 * @throws Error when the blob is gone.
 */
export async function insertVersion(tx: Tx, scope: TwinScope, version: NewVersion): Promise<number> {
  const { documentId, blobId, contentSha256, fileName, folder = null, mediaType, byteSize } = version;
  const { rows } = await sql<{ id: number }>`${namedStatement('insert-version')}
    with stored as (
      update blob set state = 'stored', byte_size = ${byteSize}
      where twin_id = ${scope.twinId} and id = ${blobId}
      returning id
    )
    insert into document_version (twin_id, document_id, version_number, blob_id, content_sha256, file_name, folder,
      media_type, byte_size, stage, visibility)
    select ${scope.twinId}, ${documentId}, (
        select coalesce(max(version_number), 0) + 1 from document_version
        where twin_id = ${scope.twinId} and document_id = ${documentId}
      ), stored.id, ${contentSha256}, ${fileName}, ${folder}, ${mediaType}, ${byteSize}, 'queued', 'none'
    from stored
    returning id`.execute(tx);
  const [inserted] = rows;
  if (inserted === undefined) throw new Error(`Blob ${blobId} is gone`);
  return inserted.id;
}

export interface VersionChanges {
  stage?: IngestionStage;
  visibility?: VersionRow['visibility'];
  failed_stage?: IngestionStage | null;
  error_code?: string | null;
  error_message?: string | null;
  media_type?: string;
  page_count?: number | null;
  pages_read?: number;
  pictures_recognised?: number;
  pictures_to_recognise?: number;
  pages_textless?: number;
  file_metadata?: Record<string, string>;
  character_count?: number;
  chunk_count?: number;
  /** Added to the count, which starts at none where the passages are cut anew. */
  addChunksEmbedded?: number;
  startsEmbeddingAnew?: boolean;
  attempts?: number;
  crashes?: number;
  waited_ms?: number;
  waited_at?: Date | null;
  warnings?: string[];
  isFinished?: boolean;
  /** The version's words are of the language most of whose stop words this sample of its text holds. */
  languageSample?: string;
}

/**
 * Changes a version only while it stands at `stage`, and locks it until the end of a transaction. Undefined when it does
 * not stand there any more: canceled, replaced, deleted, or moved on by another worker; whoever gets that stops.
 */
export async function updateVersionAt(
  db: Db,
  scope: TwinScope,
  id: number,
  stage: IngestionStage,
  changes: VersionChanges,
): Promise<VersionRow | undefined> {
  return await versionUpdate(db, scope, { id, stage }, changes).modifyEnd(namedByText).executeTakeFirst();
}

/** The statement of `updateVersionAt`, for one that does more. */
export function versionUpdate(
  db: Db,
  scope: TwinScope,
  { id, stage }: { id: number; stage: IngestionStage },
  changes: VersionChanges,
) {
  const { addChunksEmbedded = 0, startsEmbeddingAnew = false, ...others } = changes;
  const { warnings, file_metadata, isFinished, languageSample, ...columns } = others;
  return db
    .updateTable('document_version')
    .set({
      ...columns,
      ...(warnings === undefined ? {} : { warnings: JSON.stringify(warnings) }),
      ...(file_metadata === undefined ? {} : { file_metadata: JSON.stringify(file_metadata) }),
      ...(isFinished === undefined ? {} : { finished_at: isFinished ? sql<Date>`now()` : null }),
      ...(languageSample === undefined ? {} : { language: sql<string>`text_language(${languageSample})::text` }),
      chunks_embedded: startsEmbeddingAnew ? 0 : sql<number>`chunks_embedded + ${addChunksEmbedded}::integer`,
      updated_at: sql<Date>`now()`,
    })
    .where('twin_id', '=', scope.twinId)
    .where('id', '=', id)
    .where('stage', '=', stage)
    .returningAll();
}

/** The version's row, locked until the end of `tx`, if it stands at `stage`. */
export async function lockVersionAt(
  tx: Tx,
  scope: TwinScope,
  id: number,
  stage: IngestionStage,
): Promise<VersionRow | undefined> {
  return await tx
    .selectFrom('document_version')
    .selectAll()
    .where('twin_id', '=', scope.twinId)
    .where('id', '=', id)
    .where('stage', '=', stage)
    .forUpdate()
    .executeTakeFirst();
}

/** Says that somebody is at work on an unfinished version. */
export async function touchVersion(db: Db, scope: TwinScope, id: number): Promise<void> {
  await db
    .updateTable('document_version')
    .set({ updated_at: sql<Date>`now()` })
    .where('twin_id', '=', scope.twinId)
    .where('id', '=', id)
    .where('stage', 'in', unfinishedStages)
    .execute();
}

/** Marks the given versions as superseded: their content has been removed, or, while `hidden`, is being removed. */
export async function markVersionsReplaced(
  tx: Tx,
  scope: TwinScope,
  ids: readonly number[],
  visibility: 'none' | 'hidden',
): Promise<void> {
  if (ids.length === 0) {
    return;
  }
  await tx
    .updateTable('document_version')
    .set({
      stage: 'replaced',
      visibility,
      blob_id: null,
      finished_at: sql<Date>`now()`,
      updated_at: sql<Date>`now()`,
    })
    .where('twin_id', '=', scope.twinId)
    .where('id', 'in', ids)
    .execute();
}

function selectVersions(db: Db, scope: TwinScope) {
  return db.selectFrom('document_version').selectAll().where('twin_id', '=', scope.twinId);
}

function selectUnfinishedVersions(db: Db, scope: TwinScope) {
  return selectVersions(db, scope).where('stage', 'in', unfinishedStages).where(isOfDocument(scope));
}

/** Of a document that is there: work on a deleted one is only taken up again when it is brought back. */
export function isOfDocument(scope: TwinScope) {
  return sql<boolean>`exists (select from document d
    where d.twin_id = ${scope.twinId} and d.id = document_version.document_id and d.deleted_at is null)`;
}
