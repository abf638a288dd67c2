import type { UnembeddedChunk } from '@twin/db/queries/embeddings';
import type { VersionRow } from '@twin/db/queries/versions';
import type { IngestionStage } from '@twin/db/schema';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import type { TextPart } from './parsed-document.ts';

const finalStages: ReadonlySet<IngestionStage> = new Set(['ready', 'failed', 'canceled', 'replaced']);

/** Nothing more happens to a version at a final stage unless a person asks for it. */
export function isFinalStage(stage: IngestionStage): boolean {
  return finalStages.has(stage);
}

/**
 * What a stage has just stored and still has in hand: the next one need not read it. Whoever takes a version up finds nothing
 * in hand and reads what is there.
 */
export interface InHand {
  document?: { title: string; liveVersionId: number | null } | undefined;
  /** The whole text, where it is short enough to be one part. */
  text?: TextPart;
  /** All passages of the version, none of which has a vector yet. */
  chunks?: readonly UnembeddedChunk[];
}

export interface Standing {
  version: VersionRow;
  inHand: InHand;
}

/**
 * Does one stage and moves the version to the next in the transaction that completes it; resolves with the version as it
 * then stands. A stage that finds the version moved on (canceled, replaced, deleted, taken by another worker) stops there
 * and resolves with undefined. Doing a stage again is harmless.
 */
export type StageStep = (
  deps: Deps,
  scope: TwinScope,
  standing: Standing,
  signal: AbortSignal,
) => Promise<Standing | undefined>;
