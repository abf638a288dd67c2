import type { VersionRow } from '@twin/db/queries/versions';
import type { IngestionStage } from '@twin/db/schema';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';

const finalStages: ReadonlySet<IngestionStage> = new Set(['ready', 'failed', 'canceled', 'replaced']);

/** Nothing more happens to a version at a final stage unless a person asks for it. */
export function isFinalStage(stage: IngestionStage): boolean {
  return finalStages.has(stage);
}

/**
 * Does one stage and moves the version to the next in the transaction that completes it; resolves with the version as it
 * then stands. A stage that finds the version moved on (canceled, replaced, deleted, taken by another worker) stops there
 * and resolves with undefined. Doing a stage again is harmless.
 */
export type StageStep = (
  deps: Deps,
  scope: TwinScope,
  version: VersionRow,
  signal: AbortSignal,
) => Promise<VersionRow | undefined>;
