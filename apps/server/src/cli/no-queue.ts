import type { JobQueue } from '@twin/core/ports';

/** For commands that do their work at once: nothing waits in a queue. */
export const noQueue: JobQueue = {
  enqueueIngestion: () => Promise.resolve(),
  ingestUnlocked: () => undefined,
  enqueueErasure: () => Promise.resolve(),
  enqueueEvaluation: () => Promise.resolve(),
  enqueueModelChange: () => Promise.resolve(),
  removeIngestions: () => Promise.resolve(),
};
