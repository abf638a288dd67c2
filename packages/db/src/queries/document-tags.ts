import { sql } from 'kysely';
import type { Db, Tx } from '../db.ts';
import type { TwinScope } from '../scope.ts';

/** Every tag that a document carries, with how many do. */
export async function listTags(db: Db, scope: TwinScope): Promise<{ tag: string; documentCount: number }[]> {
  const { rows } = await sql<{ tag: string; documentCount: number }>`
    select t.tag, count(*) as "documentCount"
    from document_tag t
    join document d on d.twin_id = t.twin_id and d.id = t.document_id and d.deleted_at is null
    where t.twin_id = ${scope.twinId}
    group by t.tag
    order by lower(t.tag), t.tag`.execute(db);
  return rows;
}

/** On those of the documents that exist. */
export async function insertDocumentTag(
  tx: Tx,
  scope: TwinScope,
  tag: string,
  documentIds: readonly string[],
): Promise<void> {
  await sql`
    insert into document_tag (twin_id, document_id, tag)
    select twin_id, id, ${tag} from document
    where twin_id = ${scope.twinId} and id = any (${[...documentIds]}::text[]) and deleted_at is null
    on conflict do nothing`.execute(tx);
}

export async function deleteDocumentTag(
  tx: Tx,
  scope: TwinScope,
  tag: string,
  documentIds: readonly string[],
): Promise<void> {
  await tx
    .deleteFrom('document_tag')
    .where('twin_id', '=', scope.twinId)
    .where('tag', '=', tag)
    .where('document_id', 'in', documentIds)
    .execute();
}
