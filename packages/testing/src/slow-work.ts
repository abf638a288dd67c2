import { processorMs } from './processor-ms.ts';

/** Less is mostly what begins any work, and memory that is tidied up. */
const FLOOR_MS = 20;
const ATTEMPTS = 3;

/** Whether `work` takes more processor time than `msMax`, each time: a machine that is slow for a moment makes it slow once. */
export async function isSlow(work: () => unknown, msMax: number): Promise<boolean> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if ((await processorMs(work)) <= msMax) return false;
  }
  return true;
}

/**
 * Whether the processor time of `work` grows faster than what it works on: on `large` it takes more than `timesMax` times as long as on
 * `small`, each time.
 */
export async function growsTooFast(
  work: (size: number) => unknown,
  { small, large, timesMax }: { small: number; large: number; timesMax: number },
): Promise<boolean> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const ms = await processorMs(() => work(large));
    if (ms <= timesMax * FLOOR_MS || ms <= timesMax * (await processorMs(() => work(small)))) return false;
  }
  return true;
}
