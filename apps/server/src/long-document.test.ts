import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { makeLongPdf } from '@twin/testing/fixtures/pdf';
import { expect, test } from 'vitest';
import { createTestHome } from './testing/create-test-home.ts';
import { spawnServer } from './testing/spawn-server.ts';

const probe = import.meta.resolve('@twin/testing/measure-longest-turn');

test('while a PDF of 500 pages is taken in, health checks are answered, and none waits for 200 ms of the event loop’s own work', async () => {
  const home = await createTestHome({ isMigrated: true });
  const folder = await mkdtemp(join(tmpdir(), 'twin-turns-'));
  const file = join(folder, 'longest');
  const measured = { NODE_OPTIONS: `--import=${probe}`, LONGEST_TURN_FILE: file };
  const server = await spawnServer({ ...home.variables, ...measured, LOG_LEVEL: 'warn' });
  server.process.kill('SIGUSR2');

  const uploaded = await fetch(`${server.origin}/api/uploads?fileName=report.pdf&id=report`, {
    method: 'PUT',
    body: makeLongPdf(500),
  });
  expect(uploaded.status).toBe(201);
  let checks = 0;
  for (let stage = ''; stage !== 'ready'; checks += 1) {
    expect((await fetch(`${server.origin}/healthz`)).status).toBe(200);
    await delay(50);
    if (checks % 10 > 0) continue;
    const { document } = (await (await fetch(`${server.origin}/api/documents/report`)).json()) as Answer;
    stage = document.ingestion.stage;
    expect(stage).not.toBe('failed');
  }

  // Before its end, which reads nothing more.
  expect(Number(await readFile(file, 'utf8'))).toBeLessThan(200);
  expect(checks).toBeGreaterThan(10);
  server.process.kill('SIGTERM');
  expect(await server.exited).toBe(0);
  await home.remove();
  await rm(folder, { recursive: true, force: true });
}, 300_000);

interface Answer {
  document: { ingestion: { stage: string } };
}
