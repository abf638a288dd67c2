import { listLiveVersions } from '@twin/db/queries/live-versions';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import type { MessageView, StaleSource } from './message-view.ts';

/** Of the documents that messages cite or list as found, those that have a newer version or are gone, each version once. */
export async function listStaleSources(
  { db }: Pick<Deps, 'db'>,
  scope: TwinScope,
  messages: readonly MessageView[],
): Promise<StaleSource[]> {
  const shown = messages.flatMap(({ citations, sources }) => [...citations, ...sources]);
  const listed = new Map(shown.map(({ versionId, documentId }) => [versionId, documentId]));
  const rows = await listLiveVersions(db, scope, [...new Set(listed.values())]);
  const live = new Map(rows.map(({ documentId, versionId }) => [documentId, versionId]));
  return [...listed].flatMap(([versionId, documentId]): StaleSource[] => {
    const current = live.get(documentId);
    if (current === versionId) return [];
    return [{ documentId, versionId, standing: current === undefined ? 'withdrawn' : 'replaced' }];
  });
}
