import { type RawBuilder, sql } from 'kysely';
import type { Db, Tx } from '../db.ts';
import type { TwinScope } from '../scope.ts';

/** Answers that list words of these documents as found. Spelled as in `erase_from_answers`, for the index `message_reading`. */
export function answersReading(
  scope: TwinScope,
  documentIds: readonly string[],
  limit: number,
): RawBuilder<{ id: string }> {
  return sql`select id from message where twin_id = ${scope.twinId} and sources <> '[]'
    and jsonb_path_query_array(sources, '$[*] ? (@.excerpt != "").documentId') ?| ${[...documentIds]}::text[]
    limit ${limit}`;
}

/** Whether more than `count` answers list words of this document as found. */
export async function hasMoreAnswersReading(
  db: Db,
  scope: TwinScope,
  { documentId, count }: { documentId: string; count: number },
): Promise<boolean> {
  return (await answersReading(scope, [documentId], count + 1).execute(db)).rows.length > count;
}

/**
 * Keeps of these documents, in what answers list as found, nothing but the places: no names, headings or words. Quotes that
 * an answer cites stay. A document that is deleted takes them along by itself; this is for so many at once, or for what
 * was listed later. Returns how many answers it were.
 */
export async function eraseFromAnswers(
  tx: Tx,
  scope: TwinScope,
  documentIds: readonly string[],
  { limit = null }: { limit?: number | null } = {},
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select erase_from_answers(${scope.twinId}, ${[...documentIds]}::text[], ${limit}) as count`.execute(tx);
  return rows[0]?.count ?? 0;
}

/** Which of these versions are there, whatever has replaced them; none of them goes before the end of `tx`. */
export async function lockVersionsThere(tx: Tx, scope: TwinScope, versionIds: readonly number[]): Promise<number[]> {
  if (versionIds.length === 0) return [];
  const rows = await tx
    .selectFrom('document_version')
    .select('id')
    .where('twin_id', '=', scope.twinId)
    .where('id', 'in', versionIds)
    .orderBy('id')
    .forKeyShare()
    .execute();
  return rows.map(({ id }) => id);
}
