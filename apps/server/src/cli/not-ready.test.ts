import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyUnmigratedDataFolder } from '@twin/db/testing/embedded-test-database';
import { expect, onTestFinished, test } from 'vitest';
import { describeFailure, failureOf } from '../start-report.ts';
import { runCli } from '../testing/run-cli.ts';

test('a database without a schema is told of with the command that makes it, not with a stack', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'twin-not-ready-'));
  onTestFinished(async () => await rm(folder, { recursive: true, force: true }));
  await copyUnmigratedDataFolder(join(folder, 'data'));
  for (const args of [['cleanup-db'], ['limits', 'list'], ['limits', 'show', 'x'], ['limits', 'reset', 'chat']]) {
    const { code, stderr } = await runCli(args, { DATA_DIR: join(folder, 'data') }).ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(/relation "\w+" does not exist\.\n {2}→ .*npm run cli -- init-db/);
    expect(stderr).not.toContain('report this');
  }
}, 60_000);

test('a connection that breaks off under way is told of as that', async () => {
  const broken = new Error('Connection terminated unexpectedly');
  expect(failureOf(broken)).toMatchObject({ code: 'database-unavailable' });
  expect(describeFailure('This did not work.', broken)).toContain('→ Run this again when the database answers');
});
