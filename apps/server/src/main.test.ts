import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { copyPreparedDataFolder } from '@twin/db/testing/embedded-test-database';
import { administer } from '@twin/db/testing/server-test-database';
import { startFakeModelServer } from '@twin/testing/fake-model-server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestHome, type TestHome } from './testing/create-test-home.ts';
import { residentBytes, type SpawnedServer, spawnServer } from './testing/spawn-server.ts';

const isOnServer = (process.env['TEST_DATABASE_URL'] ?? '') !== '';
let home: TestHome;
const spawned: SpawnedServer[] = [];

beforeEach(async () => {
  home = await createTestHome();
});

afterEach(async () => {
  for (const server of spawned.splice(0)) {
    server.process.kill('SIGKILL');
    await server.exited;
  }
  await home.remove();
});

async function start(variables: Record<string, string> = {}): Promise<SpawnedServer> {
  const server = await spawnServer({ ...home.variables, ...variables });
  spawned.push(server);
  return server;
}

function post(server: SpawnedServer, path: string, body: unknown): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(`${server.origin}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
}

test('SIGTERM lets a stream end, closes the database and exits 0; a second start finds everything', async () => {
  const server = await start();
  expect(server.output()).toContain('Only this machine can open it');
  await post(server, '/api/ingest', { documents: [{ id: 'doc-1', content: 'Your content', title: 'Title' }] });
  const watching = await fetch(`${server.origin}/api/trpc/documents.watch?input=%7B%7D`, {
    headers: { accept: 'text/event-stream' },
  });
  const watched = drain(watching);

  server.process.kill('SIGTERM');

  expect(await server.exited).toBe(0);
  await watched;
  const second = await start();
  const answer = await post(second, '/api/chat', { messages: [{ role: 'user', content: 'What is in my documents?' }] });
  expect(await answer.json()).toMatchObject({ citations: [{ documentId: 'doc-1' }] });
}, 120_000);

async function drain(response: Response): Promise<void> {
  try {
    await response.text();
  } catch {
    // A cut connection is an end too.
  }
}

test('an answer that is being written when Ctrl-C comes is finished, then the server ends', async () => {
  const model = await startFakeModelServer();
  const text = 'A twin finishes what it has begun to say [1]. '.repeat(10);
  model.setDefault({ kind: 'answer', text, msPerToken: 20 });
  const server = await start({ OPENAI_BASE_URL: model.baseUrl });
  await post(server, '/api/ingest', { documents: [{ id: 'doc-1', content: 'Your content', title: 'Title' }] });
  const messages = [{ role: 'user', content: 'What is in my documents?' }];
  const streaming = await post(server, '/api/chat', { messages, stream: true });

  server.process.kill('SIGINT');
  // Passed on a second time by whatever stands in between, it must not cut the answer.
  setTimeout(() => server.process.kill('SIGINT'), 50);

  const events = (await streaming.text()).split('\n\n').filter(Boolean);
  expect(events.at(-1)).toBe('data: [DONE]');
  expect(events.at(-2)).toContain('"state":"done"');
  expect(await server.exited).toBe(0);
  await model.close();
}, 120_000);

test('a second Ctrl-C, later than the same one passed on, ends at once what the first one lets finish', async () => {
  const model = await startFakeModelServer();
  model.setDefault({ kind: 'answer', text: 'This answer takes minutes [1]. '.repeat(1_000), msPerToken: 50 });
  const server = await start({ OPENAI_BASE_URL: model.baseUrl });
  await post(server, '/api/ingest', { documents: [{ id: 'doc-1', content: 'Your content', title: 'Title' }] });
  const messages = [{ role: 'user', content: 'What is in my documents?' }];
  const streaming = drain(await post(server, '/api/chat', { messages, stream: true }));

  server.process.kill('SIGINT');
  await expect.poll(() => server.output()).toContain('a second signal stops at once');
  await delay(1_500);
  server.process.kill('SIGINT');

  expect(await server.exited).toBe(1);
  expect(server.output()).not.toContain('could not close everything');
  await streaming;
  await model.close();
}, 120_000);

test.skipIf(isOnServer)(
  'a second server on the same data folder says so and exits 2; the first goes on',
  async () => {
    const first = await start();
    const second = await start();

    expect(await second.exited).toBe(2);
    expect(second.output()).toContain('Digital Twin cannot start');
    expect(second.output()).toMatch(/→ \w/);
    expect((await fetch(`${first.origin}/readyz`)).status).toBe(200);
  },
  120_000,
);

test('a port in use is told in words', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const server = await start({ PORT: String(port) });

  expect(await server.exited).toBe(1);
  expect(server.output()).toContain(`port ${port} is used by another program`);
  other.close();
}, 120_000);

test('wrong settings are told all at once, before anything is opened', async () => {
  const server = await start({ PORT: 'http', LOG_LEVEL: 'loud' });

  expect(await server.exited).toBe(1);
  expect(server.output()).toContain('PORT: is not a whole number');
  expect(server.output()).toContain('LOG_LEVEL: is not one of');
});

test.runIf(process.platform === 'linux')(
  'a 100 MB upload takes less than 100 MB of memory until it is acknowledged',
  async () => {
    const server = await start({ LOG_LEVEL: 'warn' });
    // What a start still does by itself is not the upload's.
    await settle(server);
    const before = await residentBytes(server.process);
    let most = before;
    const sampling = setInterval(
      () => void residentBytes(server.process).then((bytes) => (most = Math.max(most, bytes))),
      20,
    );

    const status = await uploadMegabytes(server, 100, 'All work,and no play\n', 'big.csv');

    clearInterval(sampling);
    expect(status).toBe(201);
    expect((most - before) / 1024 / 1024).toBeLessThan(100);
  },
  120_000,
);

/** Waits until a server's memory has been the same for a second, give or take a megabyte. */
async function settle(server: SpawnedServer): Promise<void> {
  const isStill = async () => {
    const before = await residentBytes(server.process);
    await delay(1_000);
    return Math.abs((await residentBytes(server.process)) - before) < 1024 * 1024;
  };
  await expect.poll(isStill, { timeout: 60_000 }).toBe(true);
}

test.runIf(isOnServer)(
  'every connection killed at once ends no process: the document under way is finished, and the next call answers',
  async () => {
    const server = await start();
    const text = 'The ferry left at dawn. '.repeat(2_000);
    const stored = post(server, '/api/ingest', { documents: [{ id: 'doc-1', content: text, title: 'Ferry' }] });
    const kill = () =>
      administer(home.variables['DATABASE_URL'] ?? '', (client) =>
        client.query(`select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid()`),
      );
    for (let round = 0; round < 3; round += 1) await kill();
    // The call may have been cut; what it stored, or stores now, is finished.
    await stored;
    await expect.poll(async () => (await fetch(`${server.origin}/readyz`)).status, { timeout: 60_000 }).toBe(200);
    const again = await post(server, '/api/ingest', { documents: [{ id: 'doc-1', content: text, title: 'Ferry' }] });
    expect(again.ok).toBe(true);
    const question = { messages: [{ role: 'user', content: 'What is in my documents?' }] };
    expect(await (await post(server, '/api/chat', question)).json()).toMatchObject({
      citations: [{ documentId: 'doc-1' }],
    });
    expect(server.process.exitCode).toBeNull();
  },
  180_000,
);

/** Whether this user may mount a small disk, as root in a container or a CI machine may. */
function mountSmallDisk(folder: string, megabytes: number): boolean {
  return spawnSync('/bin/mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'twin-test', folder]).status === 0;
}

test.runIf(process.platform === 'linux' && !isOnServer)(
  'a disk that fills up stops uploads in words, and nothing else',
  async ({ skip }) => {
    const disk = await mkdtemp(join(tmpdir(), 'twin-disk-'));
    if (!mountSmallDisk(disk, 310)) return skip('only root may mount a disk');
    try {
      await copyPreparedDataFolder(disk);
      const server = await start({ DATA_DIR: disk, LOG_LEVEL: 'error' });
      await post(server, '/api/ingest', { documents: [{ id: 'doc-1', content: 'Your content', title: 'Title' }] });

      expect(await uploadMegabytes(server, 100, 'More than fits. ')).toBe(503);

      const question = { messages: [{ role: 'user', content: 'What is in my documents?' }] };
      expect(await (await post(server, '/api/chat', question)).json()).toMatchObject({
        citations: [{ documentId: 'doc-1' }],
      });
      expect((await fetch(`${server.origin}/readyz`)).status).toBe(200);
      server.process.kill('SIGTERM');
      expect(await server.exited).toBe(0);
    } finally {
      spawnSync('/bin/umount', ['--lazy', disk]);
      await rm(disk, { recursive: true, force: true });
    }
  },
  120_000,
);

function uploadMegabytes(
  server: SpawnedServer,
  megabytes: number,
  text: string,
  fileName = 'big.bin',
): Promise<number | undefined> {
  const block = Buffer.alloc(1024 * 1024, text);
  return new Promise((resolve, reject) => {
    const sent = request(`${server.origin}/api/uploads?fileName=${fileName}`, { method: 'PUT' }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on('error', reject);
    const write = (left: number): void => {
      if (left === 0) {
        sent.end();
      } else {
        sent.write(block, () => write(left - 1));
      }
    };
    write(megabytes);
  });
}
