import { parentPort } from 'node:worker_threads';
import type { HostRequest } from '../embedded/wire.ts';

/** Stands in for the embedded database's thread: opens, answers whatever is asked, and ends. */
parentPort?.on('message', ({ id }: HostRequest) => {
  parentPort?.postMessage({ kind: 'result', id, value: undefined });
  parentPort?.close();
});
parentPort?.postMessage({ kind: 'ready' });
