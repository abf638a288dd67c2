import { type Selectable, sql } from 'kysely';
import type { Db, Tx } from '../db.ts';
import type { DocumentTable, IngestionStage } from '../schema.ts';
import type { TwinScope } from '../scope.ts';
import { namedByText } from '../server/name-statements.ts';
import { unfinishedStages, type VersionRow, versionUpdate } from './versions.ts';

/** A document with its newest version, whose id and times are prefixed `version_`. */
export type DocumentRow = Awaited<ReturnType<ReturnType<typeof selectDocuments>['executeTakeFirstOrThrow']>>;

type Origin = 'upload' | 'rest' | 'sample';

export async function findDocument(db: Db, scope: TwinScope, id: string): Promise<DocumentRow | undefined> {
  return await selectDocuments(db, scope).where('document.id', '=', id).modifyEnd(namedByText).executeTakeFirst();
}

/** The document's own row, for work on it that needs no more; undefined once it has been deleted. */
export async function findDocumentRow(
  db: Db,
  scope: TwinScope,
  id: string,
): Promise<Selectable<DocumentTable> | undefined> {
  return await selectDocumentRow(db, scope, id).modifyEnd(namedByText).executeTakeFirst();
}

/** Documents whose newest version is not at a final stage, oldest first. */
export async function listUnfinishedDocuments(db: Db, scope: TwinScope): Promise<DocumentRow[]> {
  return await selectDocuments(db, scope)
    .where('version.stage', 'in', unfinishedStages)
    .orderBy('document.created_at')
    .orderBy('document.id')
    .execute();
}

/** Documents that changed in the last `seconds`, by the database's clock, or one of whose versions did. */
export async function listChangedDocuments(db: Db, scope: TwinScope, seconds: number): Promise<DocumentRow[]> {
  const since = sql<Date>`now() - make_interval(secs => ${seconds}::integer)`;
  // Which ones first: joined before it is known, the newest version of every document would be looked up.
  const changed = sql<boolean>`document.id in (
    select id from document where twin_id = ${scope.twinId} and updated_at > ${since}
    union select document_id from document_version where twin_id = ${scope.twinId} and updated_at > ${since})`;
  return await selectDocuments(db, scope)
    .where(changed)
    .orderBy('document.created_at')
    .orderBy('document.id')
    .execute();
}

/** Documents whose newest version failed. */
export async function listFailedDocuments(db: Db, scope: TwinScope): Promise<DocumentRow[]> {
  return await selectDocuments(db, scope).where('version.stage', '=', 'failed').orderBy('document.id').execute();
}

export async function listDocumentsById(db: Db, scope: TwinScope, ids: readonly string[]): Promise<DocumentRow[]> {
  if (ids.length === 0) {
    return [];
  }
  return await selectDocuments(db, scope).where('document.id', 'in', ids).orderBy('document.id').execute();
}

/** Titles by document; what is not there or was deleted has none. */
export async function listDocumentTitles(
  db: Db,
  scope: TwinScope,
  ids: readonly string[],
): Promise<[string, string][]> {
  const { rows } = await sql<{ id: string; title: string }>`
    select id, title from document
    where twin_id = ${scope.twinId} and id = any (${[...ids]}::text[]) and deleted_at is null`.execute(db);
  return rows.map(({ id, title }) => [id, title]);
}

/** What a document is called, and where its newest version stands. */
export interface DocumentStanding {
  title: string;
  file_name: string;
  stage: IngestionStage;
  error_code: string | null;
  error_message: string | null;
}

/** By document; what is not there or was deleted is left out. */
export async function listDocumentStandings(
  db: Db,
  scope: TwinScope,
  ids: readonly string[],
): Promise<Map<string, DocumentStanding>> {
  const { rows } = await sql<DocumentStanding & { id: string }>`
    select distinct on (d.id) d.id, d.title, v.file_name, v.stage, v.error_code, v.error_message
    from document d join document_version v on v.twin_id = d.twin_id and v.document_id = d.id
    where d.twin_id = ${scope.twinId} and d.id = any (${[...ids]}::text[]) and d.deleted_at is null
    order by d.id, v.version_number desc`.execute(db);
  return new Map(rows.map(({ id, ...standing }) => [id, standing]));
}

/** Which of these ids are documents that answer from a file, or will: vectors cannot join them. */
export async function listDocumentsWithFile(db: Db, scope: TwinScope, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select d.id from document d
    left join document_version v on v.twin_id = d.twin_id and v.id = d.live_version_id
    where d.twin_id = ${scope.twinId} and d.id = any (${[...ids]}::text[]) and d.deleted_at is null
      and (v.id is null or v.blob_id is not null)`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

/** Makes the document, or renames the one with this id when a title is given. Its row stays locked until the end of `tx`. */
export async function upsertDocument(
  tx: Tx,
  scope: TwinScope,
  document: { id: string; title: string | undefined; titleWhenNew: string; origin: Origin },
): Promise<{ isNew: boolean; liveVersionId: number | null }> {
  const { live_version_id, is_new } = await tx
    .insertInto('document')
    .values({
      twin_id: scope.twinId,
      id: document.id,
      title: document.title ?? document.titleWhenNew,
      origin: document.origin,
    })
    .onConflict((conflict) =>
      conflict.columns(['twin_id', 'id']).doUpdateSet({
        title: document.title ?? sql<string>`document.title`,
        updated_at: sql<Date>`now()`,
      }),
    )
    // The system column tells an inserted row (0) from an updated one.
    .returning(['live_version_id', sql<boolean>`xmax = 0`.as('is_new')])
    .modifyEnd(namedByText)
    .executeTakeFirstOrThrow();
  return { isNew: is_new, liveVersionId: live_version_id };
}

/** The document's row, locked until the end of `tx`; undefined once it has been deleted. */
export async function lockDocument(
  tx: Tx,
  scope: TwinScope,
  id: string,
): Promise<Selectable<DocumentTable> | undefined> {
  return await selectDocumentRow(tx, scope, id).forUpdate().modifyEnd(namedByText).executeTakeFirst();
}

function selectDocumentRow(db: Db, scope: TwinScope, id: string) {
  return db
    .selectFrom('document')
    .selectAll()
    .where('twin_id', '=', scope.twinId)
    .where('id', '=', id)
    .where('deleted_at', 'is', null);
}

export async function updateDocument(db: Db, scope: TwinScope, id: string, changes: { title: string }): Promise<void> {
  await db
    .updateTable('document')
    .set({ ...changes, updated_at: sql<Date>`now()` })
    .where('twin_id', '=', scope.twinId)
    .where('id', '=', id)
    .execute();
}

/**
 * Lets a version answer for its document from now on, if it stands at `publishing`, and says which one did before.
 * Undefined, and nothing is changed, when it does not stand there, or the document has been deleted.
 *
 * @param isAll nothing else changes with it: the corpus version is incremented in the same statement.
 */
export async function putVersionLive(
  db: Db,
  scope: TwinScope,
  { id, documentId }: { id: number; documentId: string },
  { isAll }: { isAll: boolean },
): Promise<{ published: VersionRow; previousId: number | null } | undefined> {
  const ready = {
    stage: 'ready',
    visibility: 'live',
    error_code: null,
    error_message: null,
    isFinished: true,
  } as const;
  const update = versionUpdate(db, scope, { id, stage: 'publishing' }, ready);
  const increment = isAll ? sql`increment_corpus_version(${scope.twinId})` : sql`null`;
  const { rows } = await sql<VersionRow & { previous_id: number | null }>`
    with before as (
      select live_version_id as previous_id from document
      where twin_id = ${scope.twinId} and id = ${documentId} and deleted_at is null
      for update
    ),
    published as (${update.where(sql<boolean>`exists (select from before)`)}),
    live as (
      update document set live_version_id = published.id, updated_at = now()
      from published where document.twin_id = ${scope.twinId} and document.id = ${documentId}
    ),
    counted as (select ${increment} from published)
    select published.*, before.previous_id from published, before, counted ${namedByText}`.execute(db);
  const [row] = rows;
  if (row === undefined) return undefined;
  const { previous_id: previousId, ...published } = row;
  return { published, previousId };
}

/** Every document that has not been deleted, with its newest version, its tags and its collections. */
export function selectDocuments(db: Db, scope: TwinScope) {
  return db
    .selectFrom('document')
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('document_version')
          .selectAll()
          .where('document_version.twin_id', '=', scope.twinId)
          .whereRef('document_version.document_id', '=', 'document.id')
          .orderBy('version_number', 'desc')
          .limit(1)
          .as('version'),
      (join) => join.onTrue(),
    )
    .where('document.twin_id', '=', scope.twinId)
    .where('document.deleted_at', 'is', null)
    .select([
      'document.id',
      'document.title',
      'document.origin',
      'document.live_version_id',
      'document.created_at',
      'document.updated_at',
      sql<string[]>`array(select tag from document_tag
        where twin_id = document.twin_id and document_id = document.id order by tag)`.as('tags'),
      sql<string[]>`array(select collection_id::text from collection_document
        where twin_id = document.twin_id and document_id = document.id)`.as('collection_ids'),
      // Spelled out, because the type of a joined subquery's `id` is a union over all tables.
      sql<number>`version.id`.as('version_id'),
      'version.version_number',
      'version.file_name',
      'version.folder',
      'version.media_type',
      'version.byte_size',
      'version.stage',
      'version.failed_stage',
      'version.error_code',
      'version.error_message',
      'version.attempts',
      'version.page_count',
      'version.pages_read',
      'version.pictures_recognised',
      'version.pictures_to_recognise',
      'version.pages_textless',
      'version.file_metadata',
      'version.character_count',
      'version.chunk_count',
      'version.chunks_embedded',
      'version.warnings',
      'version.started_at',
      'version.finished_at',
    ]);
}
