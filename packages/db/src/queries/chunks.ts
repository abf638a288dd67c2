import { type RawBuilder, sql } from 'kysely';
import type { Db, Tx } from '../db.ts';
import type { TwinScope } from '../scope.ts';
import { namedByText, namedStatement } from '../server/name-statements.ts';
import { type VersionChanges, type VersionRow, versionUpdate } from './versions.ts';

export interface NewChunk {
  ordinal: number;
  startOffset: number;
  endOffset: number;
  pageFrom: number | null;
  pageTo: number | null;
  headingPath: readonly string[];
  content: string;
  tokenCount: number;
  /** Of what will be embedded. */
  embeddedSha256: Uint8Array;
}

/** Whose chunks they are. */
export interface ChunkedVersion {
  documentId: string;
  versionId: number;
  title: string;
}

/**
 * Adds chunks of a version, a few hundred at most in one call, and says how many; one that is there already is left alone.
 * Words of the title and the headings weigh more (A) than those of the passage (B); they are those of the
 * version's language.
 */
export async function insertChunks(
  tx: Tx,
  scope: TwinScope,
  version: ChunkedVersion,
  chunks: readonly NewChunk[],
): Promise<number> {
  if (chunks.length === 0) {
    return 0;
  }
  const language = sql`
    select language::regconfig as language from document_version
    where twin_id = ${scope.twinId} and id = ${version.versionId}`;
  const { numAffectedRows } = await sql`${namedStatement('insert-chunks')}
    ${chunkInsert(scope, version, chunks, language)}
    on conflict (twin_id, version_id, ordinal) do nothing`.execute(tx);
  return Number(numAffectedRows);
}

/**
 * Adds all chunks of a version that stands at `chunking` and has none, and records in the same statement what `changes` with
 * that; tells their ids in the order given, which is that of their ordinals. Undefined, and nothing is added, when it does not stand there any more, or another worker has added some.
 */
export async function storeAllChunks(
  db: Db,
  scope: TwinScope,
  version: ChunkedVersion,
  chunks: readonly NewChunk[],
  changes: VersionChanges,
): Promise<{ version: VersionRow; chunkIds: number[] } | undefined> {
  const update = versionUpdate(db, scope, { id: version.versionId, stage: 'chunking' }, changes).where(
    sql<boolean>`not exists (select from chunk where twin_id = ${scope.twinId} and version_id = ${version.versionId})`,
  );
  const language = sql`select language::regconfig as language from version`;
  const { rows } = await sql<VersionRow & { chunk_ids: number[] | null }>`
    with version as (${update}),
    stored as (${chunkInsert(scope, version, chunks, language)} returning id, chunk.ordinal)
    select version.*, (select json_agg(id order by ordinal) from stored) as chunk_ids from version ${namedByText}`.execute(
    db,
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  const { chunk_ids: chunkIds, ...stored } = row;
  return { version: stored, chunkIds: chunkIds ?? [] };
}

/**
 * One text for any number of chunks, since taking a text apart into words is a long expression: written once for each chunk,
 * it took longer to plan and to set up than to run.
 *
 * @param language a query of the one row that tells the version's.
 */
function chunkInsert(
  scope: TwinScope,
  version: ChunkedVersion,
  chunks: readonly NewChunk[],
  language: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return sql`
    insert into chunk (twin_id, document_id, version_id, ordinal, start_offset, end_offset, page_from, page_to, heading_path,
      content, token_count, embedded_sha256, tsv)
    select ${scope.twinId}, ${version.documentId}, ${version.versionId}, ordinal, "startOffset", "endOffset", "pageFrom",
      "pageTo", "headingPath", content, "tokenCount", decode("embeddedSha256", 'hex'),
      setweight(text_words(context, language), 'A') || setweight(text_words(content, language), 'B')
    from json_to_recordset(${jsonOf(version.title, chunks)}::json) as given (ordinal integer, "startOffset" integer,
      "endOffset" integer, "pageFrom" integer, "pageTo" integer, "headingPath" text[], content text, context text,
      "tokenCount" integer, "embeddedSha256" text)
    cross join (${language}) as spoken
    order by ordinal`;
}

/** Half of a character that takes two units becomes the replacement character, as in a parameter: JSON would keep it. */
function jsonOf(title: string, chunks: readonly NewChunk[]): string {
  const rows = chunks.map((chunk) => ({
    ...chunk,
    context: [title, ...chunk.headingPath].join('\n'),
    embeddedSha256: Buffer.from(chunk.embeddedSha256).toString('hex'),
  }));
  return JSON.stringify(rows, (_name, value: unknown) => (typeof value === 'string' ? value.toWellFormed() : value));
}

/** Where a chunk stands in its document's text, and whether it may answer. */
export interface ChunkSpan {
  id: number;
  ordinal: number;
  startOffset: number;
  endOffset: number;
  pageFrom: number | null;
  pageTo: number | null;
  headingPath: string[];
  enabled: boolean;
}

/** All of a version, or those that begin in [startOffset, endOffset) of its text, in reading order. */
export async function listChunkSpans(
  db: Db,
  scope: TwinScope,
  versionId: number,
  place?: { startOffset: number; endOffset: number },
): Promise<ChunkSpan[]> {
  const from = place && (await findOrdinalAt(db, scope, versionId, place.startOffset));
  const to = place && (await findOrdinalAt(db, scope, versionId, place.endOffset));
  return await db
    .selectFrom('chunk')
    .select([
      'id',
      'ordinal',
      'start_offset as startOffset',
      'end_offset as endOffset',
      'page_from as pageFrom',
      'page_to as pageTo',
      'heading_path as headingPath',
      'enabled',
    ])
    .where('twin_id', '=', scope.twinId)
    .where('version_id', '=', versionId)
    .$if(from !== undefined, (query) => query.where('ordinal', '>=', from ?? 0))
    .$if(to !== undefined, (query) => query.where('ordinal', '<', to ?? 0))
    .orderBy('ordinal')
    .execute();
}

/**
 * From which ordinal on chunks begin at an offset or behind it. Halved until it is found: there is an index by ordinals, and
 * reading the hundred thousand chunks of a long table for some of them takes a second.
 */
async function findOrdinalAt(db: Db, scope: TwinScope, versionId: number, offset: number): Promise<number> {
  const ofVersion = db
    .selectFrom('chunk')
    .select(['ordinal', 'start_offset'])
    .where('twin_id', '=', scope.twinId)
    .where('version_id', '=', versionId)
    .limit(1);
  const last = await ofVersion.orderBy('ordinal', 'desc').executeTakeFirst();
  let [low, high] = [0, (last?.ordinal ?? -1) + 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    const chunk = await ofVersion.where('ordinal', '>=', middle).orderBy('ordinal').executeTakeFirstOrThrow();
    if (chunk.start_offset < offset) low = chunk.ordinal + 1;
    else high = middle;
  }
  return low;
}

export async function countChunks(db: Db, scope: TwinScope, versionId: number): Promise<number> {
  const { count } = await db
    .selectFrom('chunk')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('twin_id', '=', scope.twinId)
    .where('version_id', '=', versionId)
    .executeTakeFirstOrThrow();
  return count;
}

/** The last chunks of a version, with their vectors in every model's table; says how many there were. */
export async function deleteSomeChunks(
  tx: Tx,
  scope: TwinScope,
  { versionId, limit }: { versionId: number; limit: number },
): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('chunk')
    .where('twin_id', '=', scope.twinId)
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('chunk')
        .select('id')
        .where('twin_id', '=', scope.twinId)
        .where('version_id', '=', versionId)
        .orderBy('ordinal', 'desc')
        .limit(limit),
    )
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

/** With their vectors, in every model's table. */
export async function deleteChunks(tx: Tx, scope: TwinScope, versionIds: readonly number[]): Promise<void> {
  if (versionIds.length === 0) {
    return;
  }
  await tx.deleteFrom('chunk').where('twin_id', '=', scope.twinId).where('version_id', 'in', versionIds).execute();
}
