import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyUnmigratedDataFolder } from '@twin/db/testing/embedded-test-database';
import { administer } from '@twin/db/testing/server-test-database';
import { expect, onTestFinished, test } from 'vitest';
import { parseEnv } from '../env.ts';
import { describeFailure, failureOf } from '../start-report.ts';
import { createTestHome } from '../testing/create-test-home.ts';
import { runCli } from '../testing/run-cli.ts';
import { createApiKey } from './create-api-key.ts';

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

test('what only looks, or finds nothing to work on, makes neither a folder nor a table', async () => {
  const home = await createTestHome();
  await home.lose();
  onTestFinished(async () => await home.remove());
  const out = await mkdtemp(join(tmpdir(), 'twin-not-made-'));
  onTestFinished(async () => await rm(out, { recursive: true, force: true }));
  const variables = { ...home.variables, AUTH_SECRET: 'jV4Zt0nQmXc9RbL2sWyEuKpGhDaF6oIx' };
  for (const args of [
    ['model', 'status'],
    ['model', 'rollback'],
    ['limits', 'list'],
    ['limits', 'show', 'x'],
    ['limits', 'reset', 'chat'],
    ['eval', 'golden'],
    ['eval', 'diff'],
    ['cleanup-db'],
    ['create-api-key', 'x'],
    ['backup', join(out, 'twin.gz')],
  ]) {
    const { code, stdout, stderr } = await runCli(args, variables).ended;
    expect({ args, code, stdout }).toEqual({ args, code: 1, stdout: '' });
    expect(stderr).toMatch(/(?:does not exist|database is empty|no database in .* yet)\.\n {2}→ /i);
    expect(stderr).not.toContain('npx');
  }
  expect(await listMade(home.variables)).toEqual([]);
}, 120_000);

test('whose twin has no owner is told how to become it, and where no key is needed, that', async () => {
  const home = await createTestHome({ isMigrated: true });
  onTestFinished(async () => await home.remove());
  const variables = { ...home.variables, AUTH_SECRET: 'jV4Zt0nQmXc9RbL2sWyEuKpGhDaF6oIx' };
  const nextStepOf = async (more: Record<string, string>) => {
    const error: unknown = await createApiKey(parseEnv({ ...variables, ...more }), 'x').catch(
      (thrown: unknown) => thrown,
    );
    return failureOf(error).problems[0]?.nextStep;
  };
  const claim = 'Start the server, open it, and claim it with the one-time code from its log.';
  expect(await nextStepOf({ HOST: '0.0.0.0' })).toBe(claim);
  expect(await nextStepOf({ PUBLIC_URL: 'https://twin.example.org' })).toBe(claim);
  // Its log has no code.
  expect(await nextStepOf({})).toMatch(
    /^With these settings .* needs neither a key nor an owner\. .*PUBLIC_URL or HOST\. Start/,
  );
}, 60_000);

/** The data folder, or what is in the database beside what Postgres puts into a new one. */
async function listMade({ DATA_DIR = '', DATABASE_URL }: Record<string, string>): Promise<unknown[]> {
  if (DATABASE_URL === undefined) return existsSync(DATA_DIR) ? [DATA_DIR] : [];
  return await administer(DATABASE_URL, async (client) => {
    const { rows } = await client.query<object>(`
      select relname as name from pg_class where relnamespace = 'public'::regnamespace
      union all select extname from pg_extension where extname = 'vector'`);
    return rows;
  });
}

test('a connection that breaks off under way is told of as that', async () => {
  const broken = new Error('Connection terminated unexpectedly');
  expect(failureOf(broken)).toMatchObject({ code: 'database-unavailable' });
  expect(describeFailure('This did not work.', broken)).toContain('→ Run this again when the database answers');
});
