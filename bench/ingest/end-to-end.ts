import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { copyPreparedDataFolder } from '@twin/db/testing/embedded-test-database';
import { createMigratedDatabase } from '@twin/db/testing/server-test-database';
import { type ServerProcess, startServerProcess } from '@twin/testing/server-process';
import { sandboxPrograms } from '../../apps/server/src/adapters/find-sandbox-program.ts';
import type { BenchDocument } from './mixed-documents.ts';

export interface EndToEnd {
  documents: number;
  bytes: number;
  chunks: number;
  /** From the first byte sent until the last document is ready. */
  ms: number;
  /** Until the last upload was acknowledged. */
  uploadMs: number;
  /** Processor time of the server's process, with an embedded database in it. */
  serverMs: number;
  /** Processor time of the processes that read the files. */
  sandboxMs: number;
  /** Their program: the bundle, or the source where nothing was built. */
  sandboxProgram: string;
}

const POLL_MS = 500;

/** Uploads the documents to a real server, one after another, and waits until each has gone through queue and sandbox. */
export async function measureEndToEnd(
  serverUrl: string | undefined,
  documents: readonly BenchDocument[],
): Promise<EndToEnd> {
  const dataDir = await mkdtemp(join(tmpdir(), 'twin-ingest-'));
  const database = serverUrl === undefined ? undefined : await createMigratedDatabase(serverUrl);
  if (database === undefined) await copyPreparedDataFolder(dataDir);
  const env = { LOG_LEVEL: 'error', ...(database && { DATABASE_URL: database.connectionString }) };
  // Without flags: as it runs for people, who let its code be compiled well.
  let server: ServerProcess | undefined;
  try {
    server = await startServerProcess({ dataDir, env, flags: [] });
    // Hundreds at once are what is measured here, and not how they are held back.
    await call(`${server.url}/api/trpc/rateLimits.change`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ policy: 'upload', limit: 1_000_000, windowSeconds: 1 }),
    });
    const before = await processorTimes(server.pid);
    const started = performance.now();
    for (const { fileName, bytes } of documents) {
      const query = new URLSearchParams({ fileName, id: fileName });
      await call(`${server.url}/api/uploads?${query.toString()}`, { method: 'PUT', body: bytes });
    }
    const uploadMs = performance.now() - started;
    await untilReady(server.url, documents.length);
    const ms = performance.now() - started;
    const after = await processorTimes(server.pid);
    const status = (await call(`${server.url}/api/trpc/twin.status`)) as { result: { data: { chunks: number } } };
    return {
      documents: documents.length,
      bytes: documents.reduce((sum, { bytes }) => sum + bytes.byteLength, 0),
      chunks: status.result.data.chunks,
      ms,
      uploadMs,
      serverMs: after.ownMs - before.ownMs,
      sandboxMs: after.childrenMs - before.childrenMs,
      sandboxProgram: sandboxPrograms()['reading-sandbox-worker'],
    };
  } finally {
    await server?.end('SIGTERM');
    await database?.drop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function call(url: string, init?: RequestInit): Promise<unknown> {
  const response = await fetch(url, init);
  const text = await response.text();
  if (!response.ok) throw new Error(`${url}: ${response.status} ${text}`);
  return JSON.parse(text);
}

async function untilReady(url: string, count: number): Promise<void> {
  for (;;) {
    const metrics = await (await fetch(`${url}/metrics`)).text();
    const at = (stage: string) =>
      Number(new RegExp(`^twin_ingestions\\{stage="${stage}"\\} (\\d+)$`, 'm').exec(metrics)?.[1] ?? 0);
    if (at('failed') > 0) throw new Error(`${at('failed')} documents failed`);
    if (at('ready') === count) return;
    await delay(POLL_MS);
  }
}

/** Of a process, and of the children it has seen end. Milliseconds. */
async function processorTimes(pid: number): Promise<{ ownMs: number; childrenMs: number }> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // What stands before is the program's name, in brackets; time is told in hundredths of a second.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [own = 0, ownSystem = 0, children = 0, childrenSystem = 0] = fields
    .slice(11, 15)
    .map((ticks) => Number(ticks) * 10);
  return { ownMs: own + ownSystem, childrenMs: children + childrenSystem };
}
