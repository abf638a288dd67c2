import type { Db, Tx } from '../db.ts';
import type { TwinScope } from '../scope.ts';
import { namedByText } from '../server/name-statements.ts';

/** Large enough that a 100 MB file is 400 rows, small enough that a few in flight cost no memory. */
export const BLOB_PART_BYTES = 256 * 1024;

/** An empty blob in state `receiving`, which nothing refers to yet. */
export async function insertBlob(db: Db, scope: TwinScope): Promise<string> {
  const { id } = await db
    .insertInto('blob')
    .values({ twin_id: scope.twinId, state: 'receiving', byte_size: 0 })
    .returning('id')
    .modifyEnd(namedByText)
    .executeTakeFirstOrThrow();
  return id;
}

/** Adds the next part. @throws a database error `23503` when the blob is gone. */
export async function insertBlobPart(
  db: Db,
  scope: TwinScope,
  part: { blobId: string; partNumber: number; bytes: Uint8Array },
): Promise<void> {
  await db
    .insertInto('blob_part')
    .values({ twin_id: scope.twinId, blob_id: part.blobId, part_number: part.partNumber, bytes: part.bytes })
    .modifyEnd(namedByText)
    .execute();
}

/** From here on the blob belongs to a version. @throws NoResultError when the blob is gone. */
export async function markBlobStored(tx: Tx, scope: TwinScope, id: string, byteSize: number): Promise<void> {
  await tx
    .updateTable('blob')
    .set({ state: 'stored', byte_size: byteSize })
    .where('twin_id', '=', scope.twinId)
    .where('id', '=', id)
    .returning('id')
    .modifyEnd(namedByText)
    .executeTakeFirstOrThrow();
}

/**
 * The bytes in order, one part in memory at a time.
 * @throws Error when a part of the `byteSize` is missing: the blob is being deleted, or damaged.
 */
export async function* readBlob(
  db: Db,
  scope: TwinScope,
  { id, byteSize }: { id: string; byteSize: number },
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (let partNumber = 0; partNumber * BLOB_PART_BYTES < byteSize; partNumber += 1) {
    const part = await db
      .selectFrom('blob_part')
      .select('bytes')
      .where('twin_id', '=', scope.twinId)
      .where('blob_id', '=', id)
      .where('part_number', '=', partNumber)
      .modifyEnd(namedByText)
      .executeTakeFirst();
    if (part === undefined) throw new Error(`Part ${partNumber} of blob ${id} is missing`);
    // What a database driver decodes is never shared memory.
    yield part.bytes as Uint8Array<ArrayBuffer>;
  }
}

/** Deletes those of the blobs that no version refers to any more. */
export async function deleteUnusedBlobs(tx: Tx, scope: TwinScope, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) {
    return;
  }
  await tx
    .deleteFrom('blob')
    .where('twin_id', '=', scope.twinId)
    .where('id', 'in', ids)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('document_version')
            .select('document_version.id')
            .where('document_version.twin_id', '=', scope.twinId)
            .whereRef('document_version.blob_id', '=', 'blob.id'),
        ),
      ),
    )
    .execute();
}

/** Deletes a blob that no version has been given: once it is stored, it stays. */
export async function deleteReceivingBlob(db: Db, scope: TwinScope, id: string): Promise<void> {
  await db
    .deleteFrom('blob')
    .where('twin_id', '=', scope.twinId)
    .where('id', '=', id)
    .where('state', '=', 'receiving')
    .execute();
}
