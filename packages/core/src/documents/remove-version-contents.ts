import type { Tx } from '@twin/db/db';
import { deleteUnusedBlobs } from '@twin/db/queries/blobs';
import { deleteChunks } from '@twin/db/queries/chunks';
import { deleteDocumentTexts } from '@twin/db/queries/document-texts';
import { markVersionsReplaced, type VersionRow } from '@twin/db/queries/versions';
import type { TwinScope } from '@twin/db/scope';
import { isLong } from './remove-chunks.ts';

/**
 * Removes the text, chunks and vectors of superseded versions, and their bytes unless another version shares them. Their rows stay,
 * as history without content. Returns the versions whose chunks are too many to go at once: hidden, and left to `removeChunks`.
 */
export async function removeVersionContents(
  tx: Tx,
  scope: TwinScope,
  versions: readonly VersionRow[],
): Promise<number[]> {
  const ids = versions.map((version) => version.id);
  const longIds: number[] = [];
  for (const version of versions) if (await isLong(tx, scope, version)) longIds.push(version.id);
  const shortIds = ids.filter((id) => !longIds.includes(id));
  // The versions before the chunks, as a worker that adds chunks to one locks them: in turn, neither waits for the other.
  await markVersionsReplaced(tx, scope, shortIds, 'none');
  await markVersionsReplaced(tx, scope, longIds, 'hidden');
  await deleteChunks(tx, scope, shortIds);
  await deleteDocumentTexts(tx, scope, ids);
  await deleteUnusedBlobs(
    tx,
    scope,
    versions.flatMap((version) => version.blob_id ?? []),
  );
  return longIds;
}
