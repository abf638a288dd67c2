import { sql } from 'kysely';
import type { Db, Tx } from '../db.ts';
import type { TwinScope } from '../scope.ts';

export interface CollectionRow {
  id: string;
  name: string;
  /** Without deleted ones. */
  documentCount: number;
}

/** By name. */
export async function listCollections(db: Db, scope: TwinScope): Promise<CollectionRow[]> {
  const { rows } = await sql<CollectionRow>`
    select c.id, c.name,
      (select count(*) from collection_document cd
        join document d on d.twin_id = cd.twin_id and d.id = cd.document_id and d.deleted_at is null
        where cd.twin_id = c.twin_id and cd.collection_id = c.id) as "documentCount"
    from collection c
    where c.twin_id = ${scope.twinId}
    order by lower(c.name)`.execute(db);
  return rows;
}

export async function findCollection(
  db: Db,
  scope: TwinScope,
  id: string,
): Promise<{ id: string; name: string } | undefined> {
  return await db
    .selectFrom('collection')
    .select(['id', 'name'])
    .where('twin_id', '=', scope.twinId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** @throws a database error `23505` when there is one of that name. */
export async function insertCollection(db: Db, scope: TwinScope, name: string): Promise<string> {
  const { id } = await db
    .insertInto('collection')
    .values({ twin_id: scope.twinId, name })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** False when it is gone. @throws a database error `23505` when there is another of that name. */
export async function updateCollectionName(db: Db, scope: TwinScope, id: string, name: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('collection')
    .set({ name })
    .where('twin_id', '=', scope.twinId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Its documents stay. False when it was gone. */
export async function deleteCollection(db: Db, scope: TwinScope, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('collection')
    .where('twin_id', '=', scope.twinId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}

/** Those of the documents that exist; those that are in it already stay. */
export async function insertCollectionDocuments(
  tx: Tx,
  scope: TwinScope,
  collectionId: string,
  documentIds: readonly string[],
): Promise<void> {
  await sql`
    insert into collection_document (twin_id, collection_id, document_id)
    select twin_id, ${collectionId}, id from document
    where twin_id = ${scope.twinId} and id = any (${[...documentIds]}::text[]) and deleted_at is null
    on conflict do nothing`.execute(tx);
}

export async function deleteCollectionDocuments(
  tx: Tx,
  scope: TwinScope,
  collectionId: string,
  documentIds: readonly string[],
): Promise<void> {
  await tx
    .deleteFrom('collection_document')
    .where('twin_id', '=', scope.twinId)
    .where('collection_id', '=', collectionId)
    .where('document_id', 'in', documentIds)
    .execute();
}
