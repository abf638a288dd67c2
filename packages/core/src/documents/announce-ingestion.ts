import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';

/** Tells whoever watches in this process that a version changed. Call it after the change is committed. */
export function announceIngestion(
  { announcements }: Pick<Deps, 'announcements'>,
  scope: TwinScope,
  versionId: number,
): void {
  announcements.publish('ingestion', { twinId: scope.twinId, versionId });
}
