import type { Db, Tx } from '../db.ts';
import type { TwinScope } from '../scope.ts';

/** Large enough that a 100 MB file is 400 rows, small enough that a few in flight cost no memory. */
export const BLOB_PART_BYTES = 256 * 1024;

/** An empty blob in state `receiving`, which nothing refers to yet. */
export async function insertBlob(db: Db, scope: TwinScope): Promise<string> {
  const { id } = await db
    .insertInto('blob')
    .values({ twin_id: scope.twinId, state: 'receiving', byte_size: 0 })
    .returning('id')
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
    .executeTakeFirstOrThrow();
}

/** The bytes in order, one part in memory at a time. Ends early, without an error, when the blob is deleted meanwhile. */
export async function* readBlob(db: Db, scope: TwinScope, id: string): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (let partNumber = 0; ; partNumber += 1) {
    const part = await db
      .selectFrom('blob_part')
      .select('bytes')
      .where('twin_id', '=', scope.twinId)
      .where('blob_id', '=', id)
      .where('part_number', '=', partNumber)
      .executeTakeFirst();
    if (part === undefined) {
      return;
    }
    // What a database driver decodes is never shared memory.
    yield part.bytes as Uint8Array<ArrayBuffer>;
    // Only the last one is shorter.
    if (part.bytes.byteLength < BLOB_PART_BYTES) return;
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

export async function deleteBlobs(db: Db, scope: TwinScope, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) {
    return;
  }
  await db.deleteFrom('blob').where('twin_id', '=', scope.twinId).where('id', 'in', ids).execute();
}
