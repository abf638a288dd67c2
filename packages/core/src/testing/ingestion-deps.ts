import type { TwinScope } from '@twin/db/scope';
import type { TestDatabase } from '@twin/db/testing/create-test-database';
import type { Deps } from '../deps.ts';
import { inProcessReader } from '../documents/in-process-reader.ts';
import { ingestVersion } from '../documents/ingest-version.ts';
import { readUnlocked } from '../documents/read-unlocked.ts';
import { createTestDeps } from './create-test-deps.ts';

export interface IngestionDeps extends Deps {
  /** Versions whose job has been queued and committed or not, in order. */
  queuedVersionIds: number[];
  /** Does every queued job, as the worker would; rejects with the first one that does. */
  runJobs(signal?: AbortSignal): Promise<void>;
}

/** Deps that take documents in for real, except that files are read in this process and jobs run when a test says so. */
export function createIngestionDeps(database: TestDatabase, overrides: Partial<Deps> = {}): IngestionDeps {
  let queue: { scope: TwinScope; versionId: number; password?: string }[] = [];
  const deps = createTestDeps(database, {
    reader: inProcessReader,
    jobs: {
      enqueueEvaluation: () => Promise.reject(new Error('This test evaluates nothing')),
      enqueueModelChange: () => Promise.reject(new Error('This test changes no model')),
      enqueueIngestion: (_tx, scope, versionId) => {
        queue.push({ scope, versionId });
        return Promise.resolve();
      },
      ingestUnlocked: (scope, versionId, password) => void queue.push({ scope, versionId, password }),
      enqueueErasure: () => Promise.resolve(),
      removeIngestions: (_tx, _scope, versionIds) => {
        queue = queue.filter(({ versionId }) => !versionIds.includes(versionId));
        return Promise.resolve();
      },
    },
    ...overrides,
  });
  return {
    ...deps,
    get queuedVersionIds() {
      return queue.map(({ versionId }) => versionId);
    },
    async runJobs(signal = new AbortController().signal) {
      for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
        const { scope, versionId, password } = job;
        await (password === undefined
          ? ingestVersion(deps, scope, versionId, signal)
          : readUnlocked(deps, scope, { versionId, password }, signal));
      }
    },
  };
}

export async function* inParts(content: string | Uint8Array, partBytes = 10_000): AsyncGenerator<Uint8Array> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  for (let start = 0; start < bytes.length; start += partBytes) yield bytes.subarray(start, start + partBytes);
}
