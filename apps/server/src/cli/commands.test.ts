import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rateLimitPolicies } from '@twin/core/rate-limit/policies';
import { toBucket } from '@twin/core/rate-limit/to-bucket';
import { migrations } from '@twin/db/migrate';
import { takeFromBucket } from '@twin/db/queries/rate-buckets';
import { upsertRateLimitSetting } from '@twin/db/queries/rate-limit-settings';
import { checkRateLimit } from '@twin/db/queries/rate-limits';
import { upsertVectors } from '@twin/db/queries/upsert-vectors';
import { copyUnmigratedDataFolder } from '@twin/db/testing/embedded-test-database';
import type { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installationScope } from '../auth/authenticate.ts';
import type { Failure } from '../start-report.ts';
import { createTestHome, type TestHome } from '../testing/create-test-home.ts';
import { runCli } from '../testing/run-cli.ts';
import { createProgram } from './create-program.ts';

type AuthTables = { auth_user: { id: string; name: string; email: string; emailVerified: boolean } };

let home: TestHome;
let fresh: TestHome | undefined;
let folder: string;
let variables: Record<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twin-commands-'));
  home = await createTestHome({ isMigrated: true });
  variables = { ...home.variables, AUTH_SECRET: 'jV4Zt0nQmXc9RbL2sWyEuKpGhDaF6oIx' };
  await home.look(async ({ db, home: where }) => {
    const model = { provider: 'builtin', name: 'test' };
    const embedding = Float32Array.from([0.6, 0.8]);
    await upsertVectors({ db, home: where }, installationScope, model, [{ id: 'bees', content: 'Bees.', embedding }]);
    const bucket = toBucket(rateLimitPolicies['sign-in-day'], 'sign-in-day:address:203.0.113.9');
    await takeFromBucket(db, installationScope, bucket, { count: 10 });
    const search = { policy: 'search', limit: 60, windowSeconds: 3_600, algorithm: 'fixed-window' } as const;
    await upsertRateLimitSetting(db, installationScope, search);
    const window = { key: 'search:address:203.0.113.9', limit: 60, windowSeconds: 3_600 };
    await checkRateLimit(db, installationScope, window);
    // Code of the replaced app, which counts for itself.
    await checkRateLimit(db, installationScope, { key: 'user-1', limit: 5, windowSeconds: 3_600, count: 2 });
    const ann = { id: 'ann', name: 'Ann', email: 'ann@example.org', emailVerified: true };
    await db.withTables<AuthTables>().insertInto('auth_user').values(ann).execute();
  });
});

afterAll(async () => {
  await home.remove();
  await fresh?.remove();
  await rm(folder, { recursive: true, force: true });
});

interface Run {
  /** What it is run for. */
  name: string;
  args: () => string[];
  variables?: () => Promise<Record<string, string>>;
  code: number;
  /** Of the JSON it prints. */
  prints?: object;
  /** The failure it prints instead, and what it says of it. */
  fails?: string;
  says?: RegExp;
}

/** A database without any table on a server, or the name of a folder that is not there yet. */
async function emptyHome(): Promise<Record<string, string>> {
  if (variables['DATABASE_URL'] === undefined) return { DATA_DIR: join(folder, 'fresh') };
  fresh = await createTestHome();
  return fresh.variables;
}

const backup = () => join(folder, 'twin.gz');

/** In this order, on one database. */
const runs: Run[] = [
  {
    name: 'init-db',
    args: () => ['init-db'],
    variables: async () => await emptyHome(),
    code: 0,
    prints: { applied: Object.keys(migrations) },
  },
  { name: 'init-db', args: () => ['init-db'], code: 0, prints: { applied: [] } },
  { name: 'cleanup-db', args: () => ['cleanup-db'], code: 0, prints: { cacheEntries: 0, retiredModels: 0 } },
  { name: 'doctor', args: () => ['doctor'], code: 0, prints: { findings: expect.any(Array) } },
  { name: 'index', args: () => ['index'], code: 0, prints: { before: expect.any(String) } },
  {
    name: 'limits list',
    args: () => ['limits', 'list'],
    code: 0,
    prints: {
      use: [
        { key: 'sign-in-day:address:203.0.113.9', count: 10, limit: 200 },
        { key: 'search:address:203.0.113.9', count: 1, limit: 60 },
      ],
    },
  },
  ...[
    { key: 'sign-in-day:address:203.0.113.9', policy: 'sign-in-day', count: 10, limit: 200 },
    { key: 'search:address:203.0.113.9', policy: 'search', count: 1, limit: 60 },
    { key: 'user-1', policy: null, count: 2, limit: null },
    { key: 'chat:nobody', policy: 'chat', count: 0, limit: rateLimitPolicies.chat.limit },
  ].map((use) => ({ name: 'limits show', args: () => ['limits', 'show', use.key], code: 0, prints: use })),
  { name: 'limits reset', args: () => ['limits', 'reset', 'user-1'], code: 0, prints: { reset: ['user-1'] } },
  {
    name: 'limits reset',
    args: () => ['limits', 'reset', 'sign-in-day', 'search', 'chat:nobody'],
    code: 0,
    prints: { reset: ['sign-in-day:address:203.0.113.9', 'search:address:203.0.113.9'] },
  },
  {
    name: 'limits reset',
    args: () => ['limits', 'reset', 'sing-in'],
    code: 1,
    fails: 'unknown-limit',
    says: /no limit.*sing-in.*limits list/s,
  },
  { name: 'create-api-key', args: () => ['create-api-key', 'script'], code: 0, prints: { key: expect.any(String) } },
  { name: 'model status', args: () => ['model', 'status'], code: 0, prints: { models: [{ name: 'test' }] } },
  { name: 'model rollback', args: () => ['model', 'rollback'], code: 1, fails: 'conflict', says: /Problem: / },
  {
    name: 'model install',
    args: () => ['model', 'install'],
    code: 1,
    fails: 'configuration',
    says: /npm could not install it/,
    variables: async () => ({
      ...variables,
      DATA_DIR: join(folder, 'empty'),
      npm_config_registry: 'http://127.0.0.1:9/',
      npm_config_fetch_retries: '0',
    }),
  },
  { name: 'model switch', args: () => ['model', 'switch'], code: 0, prints: { switched: true } },
  { name: 'backup', args: () => ['backup', backup()], code: 0, prints: { encrypted: false, rows: { document: 1 } } },
  { name: 'backup', args: () => ['backup', backup()], code: 1, fails: 'configuration', says: /is there already/ },
  {
    name: 'backup',
    args: () => ['backup', join(folder, 'nowhere', 'twin.gz')],
    code: 1,
    fails: 'not-writable',
    says: /Backup: .*nowhere.twin\.gz cannot be written: there is no such folder\.\s+→ /,
  },
  {
    name: 'backup',
    args: () => ['backup', join(backup(), 'twin.gz')],
    code: 1,
    fails: 'not-writable',
    says: /Backup: .* cannot be written: a part of its path is a file\.\s+→ /,
  },
  {
    name: 'backup',
    args: () => ['backup', join(folder, 'twin.enc'), '--encrypt'],
    code: 1,
    fails: 'configuration',
    says: /BACKUP_PASSPHRASE: is not set/,
  },
  { name: 'restore', args: () => ['restore', backup()], code: 1, fails: 'not-empty', says: /holds data already/ },
  {
    name: 'restore',
    args: () => ['restore', backup()],
    variables: async () => {
      await copyUnmigratedDataFolder(join(folder, 'restored'));
      return { DATA_DIR: join(folder, 'restored') };
    },
    code: 0,
    prints: { home: 'embedded', rows: { document: 1, auth_user: 1 } },
  },
  {
    name: 'import archive',
    args: () => ['import', 'archive', join(folder, 'none')],
    code: 1,
    fails: 'not-an-archive',
    says: /none cannot be read: there is no such file\.\s+→ /,
  },
  {
    name: 'import upstash',
    args: () => ['import', 'upstash', '--dry-run'],
    code: 1,
    fails: 'configuration',
    says: /UPSTASH_VECTOR_REST_URL/,
  },
  {
    name: 'eval run',
    args: () => ['eval', 'run', join(folder, 'none')],
    code: 1,
    fails: 'invalid-input',
    says: /none/,
  },
  { name: 'eval golden', args: () => ['eval', 'golden'], code: 1, fails: 'conflict', says: /question/ },
  { name: 'eval diff', args: () => ['eval', 'diff'], code: 1, fails: 'conflict', says: /no two evaluations/ },
  { name: 'eval diff', args: () => ['eval', 'diff', 'last'], code: 1, fails: 'usage', says: /not the id of a run/ },
];

describe('with --json', () => {
  test.each(runs)(
    '$name ends with $code',
    async ({ args, variables: own, code, prints, fails, says }) => {
      const run = await runCli([...args(), '--json'], (await own?.()) ?? variables).ended;
      const printed = JSON.parse(run.stdout) as { error?: Failure };
      // All at once: what it said tells why it ended otherwise.
      expect({ code: run.code, fails: printed.error?.code, printed }).toEqual({
        code,
        fails,
        printed: expect.objectContaining({}),
      });
      expect(printed).toMatchObject(prints ?? {});
      const said = (printed.error?.problems ?? []).map((told) => `${told.name}: ${told.reason}\n  → ${told.nextStep}`);
      expect(said.join('\n')).toMatch(says ?? /^$/);
    },
    120_000,
  );
});

test('a secret or a backup is for its owner’s eyes alone, and a result for a person is text', async () => {
  expect((await stat(backup())).mode & 0o777).toBe(0o600);
  expect((await readFile(backup())).subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]));
  const { stdout, code } = await runCli(['limits', 'list'], variables).ended;
  expect(code).toBe(0);
  expect(stdout).toContain('sign-in: 10 sign-in attempts per 5 minutes and address');
  expect(stdout).toContain('search: 60 searches per hour and caller, all free again at its end');
});

test('a failure told to a person is text on the other stream', async () => {
  const run = await runCli(['limits', 'reset', 'sing-in'], variables).ended;
  expect(run).toMatchObject({ code: 1, stdout: '' });
  expect(run.stderr).toMatch(/This did not work\..*no limit named “sing-in”.*limits list/s);
});

test('a data folder in use ends with 2', async (context) => {
  if (variables['DATABASE_URL'] !== undefined) context.skip('a server is open to any number of processes');
  const inUse = await home.look(async () => await runCli(['init-db'], variables).ended);
  expect(inUse).toMatchObject({ code: 2, stdout: '' });
}, 120_000);

test.each([
  ['an unknown command', ['nothing', '--json'], /unknown command 'nothing'/],
  ['one that is nearly known', ['--json', 'doctr'], /Did you mean doctor\?/],
  ['an unknown option', ['doctor', '--json', '--nothing'], /unknown option '--nothing'/],
  ['a missing argument', ['backup', '--json'], /missing required argument 'file'/],
  ['a value that is none of those there are', ['index', '--kind', 'x', '--json'], /hnsw/],
  ['no command', ['--json'], /name of a command is missing/],
  ['none of a group', ['limits', '--json'], /name of a command is missing/],
])('with --json %s is told as JSON too', async (_what, args, reason) => {
  const run = await runCli(args, variables).ended;
  expect(run).toMatchObject({ code: 1, stderr: '' });
  expect(JSON.parse(run.stdout)).toEqual({
    error: {
      code: 'usage',
      problems: [
        { name: 'Command', reason: expect.stringMatching(reason), nextStep: 'Add --help to see how it is used.' },
      ],
    },
  });
});

test('with --json help is a JSON value too, and an operand is no option', async () => {
  const help = await runCli(['backup', '--help', '--json'], variables).ended;
  expect(help).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(help.stdout)).toEqual({ help: expect.stringContaining('npm run cli -- restore twin.gz') });
  expect(await runCli(['limits', 'nothing', '--', '--json'], variables).ended).toMatchObject({ code: 1, stdout: '' });
});

test('an unknown command or option, or none where one is needed, ends with 1', async () => {
  const [command, option, missing] = await Promise.all(
    [['nothing'], ['doctor', '--nothing'], ['backup']].map(async (args) => await runCli(args, variables).ended),
  );
  for (const run of [command, option, missing]) {
    expect(run).toMatchObject({ code: 1, stdout: '' });
    expect(run?.stderr).toContain('Add --help to see how it is used.');
  }
}, 120_000);

function leavesOf(command: Command, path: string[] = []): { path: string; command: Command }[] {
  return command.commands.flatMap((child) => {
    const name = [...path, child.name()];
    return child.commands.length === 0 ? [{ path: name.join(' '), command: child }] : leavesOf(child, name);
  });
}

test('every command is run above, and its help says what it does and what it takes', async () => {
  const leaves = leavesOf(createProgram());
  expect(new Set(runs.map(({ name }) => name))).toEqual(new Set(leaves.map(({ path }) => path)));
  for (const { path, command } of leaves) {
    expect(command.helpInformation()).toContain(`Usage: npm run cli -- ${path}`);
    const described = [...command.registeredArguments, ...command.options].map(({ description }) => description);
    expect([command.description(), ...described]).not.toContain('');
  }
  const { stdout, code } = await runCli(['backup', '--help'], variables).ended;
  expect(code).toBe(0);
  expect(stdout).toContain('npm run cli -- restore twin.gz');
});
