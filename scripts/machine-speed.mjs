import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';

/** What the work below took on the quiet two cores where the limits in `time-budget.mjs` were set. */
const referenceMs = 500;
const rounds = 3;

/**
 * How many times as long as there a fixed piece of work takes on this machine now, on every core at once: the same virtual machine is
 * half as fast on another day.
 *
 * @returns {Promise<number>} 1 on that machine, 2 on one half as fast
 */
export async function measureSlowness() {
  const times = [];
  for (let round = 0; round < rounds; round += 1) {
    times.push(...(await Promise.all(Array.from({ length: availableParallelism() }, workElsewhere))));
  }
  return times.reduce((sum, ms) => sum + ms, 0) / times.length / referenceMs;
}

/** @returns {Promise<number>} */
function workElsewhere() {
  return new Promise((resolve, reject) => {
    new Worker(fileURLToPath(import.meta.url))
      .once('message', resolve)
      .once('error', reject)
      .once('exit', () => reject(new Error('It ended without a word.')));
  });
}

/** Of the kind that tests are made of: objects, text, patterns, digests. @returns {number} milliseconds */
function work() {
  const startedAt = performance.now();
  for (let round = 0; round < 12; round += 1) {
    const rows = Array.from({ length: 20_000 }, (_, id) => ({
      id,
      name: `row ${(id * 7919) % 20_011}`,
      tags: [id % 7],
    }));
    const text = JSON.stringify(rows);
    createHash('sha256').update(text).digest();
    JSON.parse(text).toSorted((/** @type {{ name: string }} */ a, /** @type {{ name: string }} */ b) =>
      a.name < b.name ? -1 : 1,
    );
    text.match(/row \d*7\b/g);
  }
  return performance.now() - startedAt;
}

if (!isMainThread) parentPort?.postMessage(work());
