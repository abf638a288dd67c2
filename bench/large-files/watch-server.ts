import { readdir, readFile } from 'node:fs/promises';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';

const HEALTH_MS = 50;
const MEMORY_MS = 250;

/** Of one stretch of time. Milliseconds and MB. */
export interface ServerFigures {
  seconds: number;
  eventLoopP99: number;
  /** The event loop's longest turn, in processor time: what other load cannot lengthen. */
  longestTurn: number;
  healthP99: number;
  healthMax: number;
  /** Of the server's own process at its highest, and by how much that is above the start. */
  memoryMax: number;
  memoryGrowth: number;
  /** Of its children, the sandboxes, at their highest. */
  sandboxMax: number;
}

/** Asks a server how it is doing, from outside, until the work is over. */
export async function watchServer(
  { url, pid, longestTurnFile }: { url: string; pid: number; longestTurnFile: string },
  work: () => Promise<unknown>,
): Promise<ServerFigures> {
  const over = new AbortController();
  // The server's own histogram starts anew with each look at it.
  await eventLoopP99(url);
  process.kill(pid, 'SIGUSR2');
  const memoryBefore = await residentMb(pid);
  const started = performance.now();
  const watching = [watchHealth(url, over.signal), watchMemory(pid, over.signal)] as const;
  await work();
  over.abort();
  const [health, memory] = await Promise.all(watching);
  return {
    seconds: (performance.now() - started) / 1000,
    eventLoopP99: await eventLoopP99(url),
    longestTurn: Number(await readFile(longestTurnFile, 'utf8')),
    healthP99: health[Math.floor(health.length * 0.99)] ?? 0,
    healthMax: health.at(-1) ?? 0,
    memoryMax: memory.server,
    memoryGrowth: memory.server - memoryBefore,
    sandboxMax: memory.sandboxes,
  };
}

async function watchHealth(url: string, signal: AbortSignal): Promise<number[]> {
  const took: number[] = [];
  while (!signal.aborted) {
    const asked = performance.now();
    const response = await fetch(`${url}/healthz`);
    await response.text();
    took.push(performance.now() - asked);
    await delay(HEALTH_MS);
  }
  return took.toSorted((a, b) => a - b);
}

async function watchMemory(pid: number, signal: AbortSignal): Promise<{ server: number; sandboxes: number }> {
  const max = { server: 0, sandboxes: 0 };
  while (!signal.aborted) {
    const sandboxes = await Promise.all((await childrenOf(pid)).map(residentMb));
    max.server = Math.max(max.server, await residentMb(pid));
    max.sandboxes = Math.max(
      max.sandboxes,
      sandboxes.reduce((sum, megabytes) => sum + megabytes, 0),
    );
    await delay(MEMORY_MS);
  }
  return max;
}

async function eventLoopP99(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return Number(/^nodejs_eventloop_lag_p99_seconds (\S+)$/m.exec(metrics)?.[1]) * 1000;
}

/** Zero once it has ended. */
async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024;
}

async function childrenOf(pid: number): Promise<number[]> {
  const threads = await readdir(`/proc/${pid}/task`);
  const lists = threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/children`, 'utf8').catch(() => ''));
  return (await Promise.all(lists)).flatMap((list) => list.split(' ').filter(Boolean)).map(Number);
}
