import type { JobQueue } from '@twin/core/ports';

/** For a library that is filled here, one document after the other: nothing waits in a queue. */
export const noQueue: JobQueue = {
  enqueueIngestion: () => Promise.resolve(),
  enqueueErasure: () => Promise.resolve(),
  removeIngestions: () => Promise.resolve(),
};
