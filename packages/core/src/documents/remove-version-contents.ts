import type { Tx } from '@twin/db/db';
import { deleteUnusedBlobs } from '@twin/db/queries/blobs';
import { deleteChunks } from '@twin/db/queries/chunks';
import { deleteDocumentTexts } from '@twin/db/queries/document-texts';
import { markVersionsReplaced, type VersionRow } from '@twin/db/queries/versions';
import type { TwinScope } from '@twin/db/scope';

/**
 * Removes the text, chunks and vectors of superseded versions, and their bytes unless another version shares them. Their rows stay,
 * as history without content.
 */
export async function removeVersionContents(tx: Tx, scope: TwinScope, versions: readonly VersionRow[]): Promise<void> {
  const ids = versions.map((version) => version.id);
  // The versions before the chunks, as a worker that adds chunks to one locks them: in turn, neither waits for the other.
  await markVersionsReplaced(tx, scope, ids);
  await deleteChunks(tx, scope, ids);
  await deleteDocumentTexts(tx, scope, ids);
  await deleteUnusedBlobs(
    tx,
    scope,
    versions.flatMap((version) => version.blob_id ?? []),
  );
}
