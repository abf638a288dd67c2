import type { Db } from '../db.ts';
import type { TwinScope } from '../scope.ts';

/** The version that answers questions now, of each of these documents that has one. */
export async function listLiveVersions(
  db: Db,
  scope: TwinScope,
  documentIds: readonly string[],
): Promise<{ documentId: string; versionId: number }[]> {
  if (documentIds.length === 0) return [];
  const rows = await db
    .selectFrom('document')
    .select(['id as documentId', 'live_version_id as versionId'])
    .where('twin_id', '=', scope.twinId)
    .where('id', 'in', documentIds)
    .where('deleted_at', 'is', null)
    .execute();
  return rows.flatMap(({ documentId, versionId }) => (versionId === null ? [] : { documentId, versionId }));
}
