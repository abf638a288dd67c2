import { listLiveVersions } from '@twin/db/queries/live-versions';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import type { MessageView, StaleSource } from './message-view.ts';

/** Of the documents that messages cite, those that have a newer version or are gone, each cited version once. */
export async function listStaleSources(
  { db }: Pick<Deps, 'db'>,
  scope: TwinScope,
  messages: readonly MessageView[],
): Promise<StaleSource[]> {
  const cited = new Map(
    messages.flatMap(({ citations }) => citations.map(({ versionId, documentId }) => [versionId, documentId] as const)),
  );
  const rows = await listLiveVersions(db, scope, [...new Set(cited.values())]);
  const live = new Map(rows.map(({ documentId, versionId }) => [documentId, versionId]));
  return [...cited].flatMap(([versionId, documentId]): StaleSource[] => {
    const current = live.get(documentId);
    if (current === versionId) return [];
    return [{ documentId, versionId, standing: current === undefined ? 'withdrawn' : 'replaced' }];
  });
}
