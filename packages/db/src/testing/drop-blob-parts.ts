import type { Db } from '../db.ts';
import type { TwinScope } from '../scope.ts';

/** Loses the parts of all blobs from this number on, as a damaged database would. */
export async function dropBlobParts(db: Db, scope: TwinScope, { from }: { from: number }): Promise<void> {
  await db.deleteFrom('blob_part').where('twin_id', '=', scope.twinId).where('part_number', '>=', from).execute();
}
