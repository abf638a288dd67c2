import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../db.ts';
import type { TwinScope } from '../scope.ts';
import { type DocumentFilter, isInFilter } from './document-filter.ts';

/** Documents that answer questions now, in the whole library or in a part of it. */
export async function countSearchableDocuments(db: Db, scope: TwinScope, filter?: DocumentFilter): Promise<number> {
  const { count } = await searchableDocuments(db, scope, filter)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

/** The first chunk of each document that answers questions, the newest documents first; switched-off ones do not count. */
export async function listOpeningChunkIds(
  db: Db,
  scope: TwinScope,
  { limit, filter }: { limit: number; filter?: DocumentFilter | undefined },
): Promise<number[]> {
  const rows = await searchableDocuments(db, scope, filter)
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('chunk')
          .select('chunk.id')
          .whereRef('chunk.twin_id', '=', 'document.twin_id')
          .whereRef('chunk.version_id', '=', 'document.live_version_id')
          .where('chunk.enabled', '=', true)
          .orderBy('chunk.ordinal')
          .limit(1)
          .as('opening'),
      (join) => join.onTrue(),
    )
    .select('opening.id')
    .orderBy('document.created_at', 'desc')
    .orderBy('document.id')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/**
 * The documents that answer questions whose title or file name is nearly a name: it holds all words of it, in English stems,
 * and fewer others. Those with the shortest titles first; none for a name without content words. Stems all titles: 10,000
 * take up to a second on the embedded database, so it is for questions that name a document and nothing else.
 */
export async function listDocumentIdsNamed(
  db: Db,
  scope: TwinScope,
  { name, limit, filter }: { name: string; limit: number; filter?: DocumentFilter | undefined },
): Promise<string[]> {
  const words = (text: RawBuilder<unknown>) =>
    sql`tsvector_to_array(text_words(translate(${text}, '_-./', '    '), 'english'))`;
  const named = words(sql`${name}::text`);
  const isNearly = (text: RawBuilder<unknown>) =>
    sql<boolean>`${named} <@ ${words(text)} and 2 * cardinality(${named}) > cardinality(${words(text)})`;
  const rows = await searchableDocuments(db, scope, filter)
    .innerJoin('document_version as version', (join) =>
      join.onRef('version.twin_id', '=', 'document.twin_id').onRef('version.id', '=', 'document.live_version_id'),
    )
    .select('document.id')
    .where(sql<boolean>`cardinality(${named}) > 0`)
    .where((eb) =>
      eb.or([isNearly(sql`document.title`), isNearly(sql`regexp_replace(version.file_name, '[.][^.]*$', '')`)]),
    )
    .orderBy(sql`char_length(document.title)`)
    .orderBy('document.id')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

export interface DocumentName {
  id: string;
  title: string;
  /** Without its ending. */
  fileName: string;
}

/** Documents whose title or file name holds a word for what introduces a person: a CV, a page about them. The newest first. */
export async function listIntroducingNames(
  db: Db,
  scope: TwinScope,
  { limit, filter }: { limit: number; filter?: DocumentFilter | undefined },
): Promise<DocumentName[]> {
  const fileName = sql<string>`regexp_replace(version.file_name, '[.][^.]*$', '')`;
  return await searchableDocuments(db, scope, filter)
    .innerJoin('document_version as version', (join) =>
      join.onRef('version.twin_id', '=', 'document.twin_id').onRef('version.id', '=', 'document.live_version_id'),
    )
    .select(['document.id', 'document.title', fileName.as('fileName')])
    .where(sql<boolean>`normalize(concat_ws(' ', document.title, ${fileName}), NFC) ~* ${introducing}`)
    .orderBy('document.created_at', 'desc')
    .orderBy('document.id')
    .limit(limit)
    .execute();
}

const introducing = 'cv|curriculum.?vitae|r[eé]sum[eé]|lebenslauf|about.(me|us|myself)|über.mich|biography|^bio\\M';

/** Whether any document of the sample collection is there, ready or not. */
export async function hasSampleDocuments(db: Db, scope: TwinScope): Promise<boolean> {
  const sample = await db
    .selectFrom('document')
    .select('id')
    .where('twin_id', '=', scope.twinId)
    .where('origin', '=', 'sample')
    .where('deleted_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return sample !== undefined;
}

function searchableDocuments(db: Db, scope: TwinScope, filter: DocumentFilter = {}) {
  return db
    .selectFrom('document')
    .where('document.twin_id', '=', scope.twinId)
    .where('document.deleted_at', 'is', null)
    .where('document.live_version_id', 'is not', null)
    .where(isInFilter(scope, filter));
}

/**
 * A digest of all that a search can find: each document with its title and its content, how it was cut and under which title it was
 * indexed, by its first passage, and which of its passages are switched off. Equal for libraries that say the same, whatever
 * became of them before.
 */
export async function findLibraryDigest(db: Db, scope: TwinScope): Promise<string> {
  const { rows } = await sql<{ digest: string }>`
    select encode(sha256(convert_to(coalesce(string_agg(
        jsonb_build_array(d.id, d.title, encode(v.content_sha256, 'hex'), v.chunk_count,
          encode(first.embedded_sha256, 'hex'), off.ordinals)::text, E'\n' order by d.id), ''), 'UTF8')), 'hex') as digest
    from document d
    join document_version v on v.twin_id = d.twin_id and v.id = d.live_version_id
    left join chunk first on first.twin_id = v.twin_id and first.version_id = v.id and first.ordinal = 0
    cross join lateral (
      select jsonb_agg(c.ordinal order by c.ordinal) as ordinals
      from chunk c
      where c.twin_id = v.twin_id and c.version_id = v.id and not c.enabled
    ) as off
    where d.twin_id = ${scope.twinId} and d.deleted_at is null`.execute(db);
  return rows[0]?.digest ?? '';
}
