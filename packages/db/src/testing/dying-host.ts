import { parentPort } from 'node:worker_threads';

/** Stands in for the embedded database's thread: opens, then dies at the first statement. */
parentPort?.on('message', () => process.exit(3));
parentPort?.postMessage({ kind: 'ready' });
