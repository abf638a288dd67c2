import { type RawBuilder, sql } from 'kysely';
import type { Db, Tx } from '../db.ts';
import type { TwinScope } from '../scope.ts';
import { namedByText } from '../server/name-statements.ts';
import { type VersionChanges, type VersionRow, versionUpdate } from './versions.ts';

/** A stretch of a version's text: the whole of a short one, a few thousand rows of a long table. */
export interface TextPart {
  /** Where `text` begins in the whole, in UTF-16 units. */
  start: number;
  text: string;
  /** As they were stored; their offsets are those of the whole. */
  blocks: unknown[];
}

/** What an offset in the database can be. */
const OFFSET_MAX = 2 ** 31 - 1;

/** The whole of a text that is known to be short: others are read in stretches. Undefined where there is none. */
export async function findDocumentText(db: Db, scope: TwinScope, versionId: number): Promise<TextPart | undefined> {
  return join(await selectParts(db, scope, versionId).execute());
}

/**
 * The parts of a text that [startOffset, endOffset) touches, joined; the last one where that is beyond the end. Undefined
 * where there is no text.
 */
export async function findTextStretch(
  db: Db,
  scope: TwinScope,
  versionId: number,
  { startOffset, endOffset }: { startOffset: number; endOffset: number },
): Promise<TextPart | undefined> {
  const rows = await selectParts(db, scope, versionId)
    .where('start_offset', '<', Math.min(Math.max(endOffset, startOffset + 1), OFFSET_MAX))
    .where(
      sql<boolean>`start_offset >= coalesce((select max(before.start_offset) from document_text before
        where before.twin_id = ${scope.twinId} and before.version_id = ${versionId}
          and before.start_offset <= ${Math.min(startOffset, OFFSET_MAX)}::integer), 0)`,
    )
    .execute();
  return join(rows);
}

/** The characters from `startOffset` to `endOffset`, as far as the text goes; undefined where there is none. */
export async function findTextBetween(
  db: Db,
  scope: TwinScope,
  versionId: number,
  place: { startOffset: number; endOffset: number },
): Promise<string | undefined> {
  const stretch = await findTextStretch(db, scope, versionId, place);
  return stretch?.text.slice(
    Math.max(0, place.startOffset - stretch.start),
    Math.max(0, place.endOffset - stretch.start),
  );
}

/**
 * All parts of a text in order, one in memory at a time.
 * @param characterCount of the whole, where it is known: the last part is then known for the last.
 */
export async function* listTextParts(
  db: Db,
  scope: TwinScope,
  versionId: number,
  characterCount = Number.POSITIVE_INFINITY,
): AsyncGenerator<TextPart> {
  for (let after = -1; ; ) {
    const part = await selectParts(db, scope, versionId)
      .where('start_offset', '>', after)
      .limit(1)
      .modifyEnd(namedByText)
      .executeTakeFirst();
    if (part === undefined) return;
    yield part;
    if (part.start + part.text.length >= characterCount) return;
    after = part.start;
  }
}

/** Where the parts of a text begin, in order. */
export async function listTextStarts(db: Db, scope: TwinScope, versionId: number): Promise<number[]> {
  const rows = await db
    .selectFrom('document_text')
    .select('start_offset as start')
    .where('twin_id', '=', scope.twinId)
    .where('version_id', '=', versionId)
    .orderBy('start_offset')
    .execute();
  return rows.map(({ start }) => start);
}

/** Whether a part begins there or later. */
export async function hasTextFrom(db: Db, scope: TwinScope, versionId: number, offset: number): Promise<boolean> {
  const row = await db
    .selectFrom('document_text')
    .select('start_offset')
    .where('twin_id', '=', scope.twinId)
    .where('version_id', '=', versionId)
    .where('start_offset', '>=', offset)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** What a document is called as long as nobody named it, and what its file calls itself. */
export interface FileNames {
  unnamed: string;
  title: string | null;
}

export interface StoredTextPart {
  version: VersionRow;
  /** As it is named now, where `names` were given. */
  document?: { title: string; liveVersionId: number | null };
}

/**
 * Stores a part of what reading a version produced, in place of all that an interrupted reading left from there on, and
 * records in the same statement what `changes` with it. Undefined, and nothing is stored, when the version does not stand at
 * `reading` any more.
 *
 * @param names with the last part: the document is called by its file's own title from now on, where nobody named it and it
 * has not answered yet. Undefined is returned also when it has been deleted.
 */
export async function storeTextPart(
  db: Db,
  scope: TwinScope,
  version: { id: number; documentId: string },
  { part, changes, names }: { part: TextPart; changes: VersionChanges; names?: FileNames },
): Promise<StoredTextPart | undefined> {
  const { start, text, blocks } = part;
  // Nothing more may come of what is left of a long table: no part then, so that nobody is told of more to read.
  const isStored = text !== '' || start === 0;
  const update = versionUpdate(db, scope, { id: version.id, stage: 'reading' }, changes);
  const document = names && sql`document as (${naming(scope, version.documentId, names)}),`;
  const isThere = names ? sql<boolean>`exists (select from document)` : sql<boolean>`true`;
  const { rows } = await sql<VersionRow & { document?: StoredTextPart['document'] }>`
    with ${document ?? sql``} version as (${update.where(isThere)}),
    left_over as (
      delete from document_text
      where twin_id = ${scope.twinId} and version_id = ${version.id} and start_offset >= ${isStored ? start + 1 : start}
        and exists (select from version)
    ),
    stored as (
      insert into document_text (twin_id, version_id, start_offset, canonical_text, blocks)
      select ${scope.twinId}, id, ${start}::integer, ${text}, ${JSON.stringify(blocks)}::jsonb
      from version where ${isStored}::boolean
      on conflict (twin_id, version_id, start_offset)
      do update set canonical_text = excluded.canonical_text, blocks = excluded.blocks
    )
    select version.* ${names ? sql`, (select to_json(document) from document) as document` : sql``}
    from version ${namedByText}`.execute(db);
  const [row] = rows;
  if (row === undefined) return undefined;
  const { document: named, ...stored } = row;
  return { version: stored, ...(named && { document: named }) };
}

function naming(scope: TwinScope, documentId: string, { unnamed, title }: FileNames): RawBuilder<unknown> {
  return sql`
    update document
    set title = case when live_version_id is null and title = ${unnamed} then coalesce(${title}::text, title) else title end,
      updated_at = now()
    where twin_id = ${scope.twinId} and id = ${documentId} and deleted_at is null
    returning title, live_version_id as "liveVersionId"`;
}

export async function deleteDocumentTexts(tx: Tx, scope: TwinScope, versionIds: readonly number[]): Promise<void> {
  if (versionIds.length === 0) {
    return;
  }
  await tx
    .deleteFrom('document_text')
    .where('twin_id', '=', scope.twinId)
    .where('version_id', 'in', versionIds)
    .execute();
}

function selectParts(db: Db, scope: TwinScope, versionId: number) {
  return db
    .selectFrom('document_text')
    .select(['start_offset as start', 'canonical_text as text', 'blocks'])
    .where('twin_id', '=', scope.twinId)
    .where('version_id', '=', versionId)
    .orderBy('start_offset');
}

function join(parts: readonly TextPart[]): TextPart | undefined {
  const [first] = parts;
  if (first === undefined || parts.length === 1) return first;
  return {
    start: first.start,
    text: parts.map(({ text }) => text).join(''),
    blocks: parts.flatMap(({ blocks }) => blocks),
  };
}
