import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Db, Tx } from '../db.ts';
import type { TwinScope } from '../scope.ts';
import { namedByText, namedStatement } from '../server/name-statements.ts';

/** Large enough that a 100 MB file is 400 rows, small enough that a few in flight cost no memory. */
export const BLOB_PART_BYTES = 256 * 1024;

/** A blob with its first part, in state `receiving`: nothing refers to it yet. */
export async function insertBlob(db: Db, scope: TwinScope, firstPart: Uint8Array): Promise<string> {
  const id = randomUUID();
  await sql`${namedStatement('insert-blob')}
    with receiving as (
      insert into blob (twin_id, id, state, byte_size) values (${scope.twinId}, ${id}, 'receiving', 0)
    )
    insert into blob_part (twin_id, blob_id, part_number, bytes)
    values (${scope.twinId}, ${id}, 0, ${firstPart})`.execute(db);
  return id;
}

/** Adds the next part, from 1 on. @throws a database error `23503` when the blob is gone. */
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
