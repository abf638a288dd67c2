import type { Deps } from '@twin/core/deps';
import { eraseDeletedDocument } from '@twin/core/documents/erase-documents';
import { mintTwinScope } from '@twin/db/scope';
import type { PgBoss, Queue } from 'pg-boss';

export const ERASURE_QUEUE = 'erase-document';

/** What a job says: which deleted document to erase, unless it has been brought back. */
export interface ErasureJob {
  twinId: number;
  documentId: string;
}

export const erasureQueueOptions: Omit<Queue, 'name'> = {
  retryLimit: 10_000,
  retryDelay: 5,
  retryBackoff: true,
  retryDelayMax: 300,
  expireInSeconds: 10 * 60,
  deleteAfterSeconds: 60 * 60,
};

/** Erases deleted documents when their time has come, the oldest first. */
export async function workOnErasures(boss: PgBoss, deps: Deps): Promise<void> {
  await boss.work<ErasureJob>(ERASURE_QUEUE, { pollingIntervalSeconds: 5, batchSize: 20 }, async (jobs) => {
    for (const { data } of jobs) await eraseDeletedDocument(deps, mintTwinScope(data.twinId), data.documentId);
  });
}
