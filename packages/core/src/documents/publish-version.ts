import { putVersionLive } from '@twin/db/queries/documents';
import { copyDisabledChunks } from '@twin/db/queries/kept-chunks';
import { incrementCorpusVersion } from '@twin/db/queries/twins';
import { listVersionsOfDocument, type VersionRow } from '@twin/db/queries/versions';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { announceIngestion } from './announce-ingestion.ts';
import { removeChunks } from './remove-chunks.ts';
import { removeVersionContents } from './remove-version-contents.ts';
import type { StageStep } from './stages.ts';

/**
 * Swaps versions in one transaction: searches find the old one until it commits, and the new one from then on.
 * A passage that was switched off stays off as long as it says the same. The passages of a long table that is replaced go
 * afterwards, a few at a time.
 */
export const publishVersion: StageStep = async (deps, scope, { version }, signal) => {
  const swapped = await swapVersions(deps, scope, version);
  if (swapped === undefined) return undefined;
  announceIngestion(deps, scope, version.id);
  // Nobody finds them any more; what is left by an interruption goes with the next clean-up.
  for (const versionId of swapped.longIds) await removeChunks(deps, scope, { versionId, stage: 'replaced' }, signal);
  return { version: swapped.published, inHand: {} };
};

async function swapVersions(
  { db }: Deps,
  scope: TwinScope,
  version: VersionRow,
): Promise<{ published: VersionRow; longIds: number[] } | undefined> {
  const next = { id: version.id, documentId: version.document_id };
  if (version.version_number === 1) {
    const first = await putVersionLive(db, scope, next, { isAll: true });
    return first && { published: first.published, longIds: [] };
  }
  return await db.transaction().execute(async (tx) => {
    const swapped = await putVersionLive(tx, scope, next, { isAll: false });
    if (swapped === undefined) return undefined;
    const { published, previousId: fromVersionId } = swapped;
    if (fromVersionId !== null) await copyDisabledChunks(tx, scope, { versionId: version.id, fromVersionId });
    const versions = await listVersionsOfDocument(tx, scope, version.document_id);
    const superseded = versions.filter(
      ({ version_number, stage }) => version_number < version.version_number && stage !== 'replaced',
    );
    const longIds = await removeVersionContents(tx, scope, superseded);
    await incrementCorpusVersion(tx, scope);
    return { published, longIds };
  });
}
