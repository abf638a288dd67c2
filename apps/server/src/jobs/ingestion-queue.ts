import type { TwinScope } from '@twin/db/scope';
import type { Queue } from 'pg-boss';

export const INGESTION_QUEUE = 'ingest-version';

/** What a job says: which version to take further. Everything else is in the version's row. */
export interface IngestionJob {
  twinId: number;
  versionId: number;
}

/**
 * A job is tried until the version is at a final stage. The version's row, not the queue, decides when to give up: it
 * knows crashes from a model that is away.
 */
export const ingestionQueueOptions: Omit<Queue, 'name'> = {
  retryLimit: 10_000,
  retryDelay: 2,
  retryBackoff: true,
  retryDelayMax: 120,
  // A worker that has died stops its heartbeat; its jobs are then taken by another.
  heartbeatSeconds: 30,
  expireInSeconds: 12 * 60 * 60,
  deleteAfterSeconds: 60 * 60,
  notify: true,
};

/** By which the jobs of one version are found. */
export function ingestionKey({ twinId }: Pick<TwinScope, 'twinId'>, versionId: number): string {
  return `${twinId}:${versionId}`;
}
