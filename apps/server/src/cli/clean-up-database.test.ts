import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { sweepLeaseKey } from '@twin/core/maintenance/sweep-database';
import { deleteCacheLease, takeCacheLease } from '@twin/db/queries/cache-leases';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { installationScope } from '../auth/authenticate.ts';
import { createTestHome, type TestHome } from '../testing/create-test-home.ts';
import { runCli } from '../testing/run-cli.ts';

let home: TestHome;
beforeAll(async () => {
  home = await createTestHome({ isMigrated: true });
});
afterAll(() => home.remove());

const isEmbedded = !process.env['TEST_DATABASE_URL'];
/** On a server as many as take it long enough to be seen at work. */
const rows = isEmbedded ? 5_000 : 30_000;
const expired = new Date(Date.now() - 60_000);

async function countRows(): Promise<number> {
  return await home.look(async ({ db }) => {
    const { count } = await db
      .selectFrom('database_cache')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return count;
  });
}

test('a sweep that is killed loses nothing it has deleted, and the next one goes on once its lease is over', async () => {
  await home.look(async ({ db }) => {
    for (let first = 0; first < rows; first += 5_000) {
      const values = Array.from({ length: 5_000 }, (_none, n) => ({
        key: `k${first + n}`,
        value: '',
        expires_at: expired,
      }));
      await db.insertInto('database_cache').values(values).execute();
    }
  });
  const killed = runCli(['cleanup-db', '--json'], home.variables);
  // On a server it can be seen at work. An embedded database is open to one process: it is killed at some moment.
  if (isEmbedded) await sleep(2_500);
  else while ((await countRows()) === rows && killed.process.exitCode === null) await sleep(5);
  killed.process.kill('SIGKILL');
  await killed.ended;
  const left = await countRows();
  expect(left).toBeLessThan(isEmbedded ? rows + 1 : rows);
  // As if its minute were over.
  await home.look(async ({ db }) => void (await db.deleteFrom('cache_lease').execute()));
  const { code, stdout } = await runCli(['cleanup-db', '--json'], home.variables).ended;
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ cacheEntries: left });
  expect(await countRows()).toBe(0);
}, 120_000);

test('while another process cleans up, it says so and ends with 2', async () => {
  const lease = { key: sweepLeaseKey, holder: 'another' };
  await home.look(({ db }) => takeCacheLease(db, installationScope, { ...lease, leaseSeconds: 600 }));
  const { code, stdout } = await runCli(['cleanup-db', '--json'], home.variables).ended;
  await home.look(({ db }) => deleteCacheLease(db, installationScope, lease));
  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'under-way' } });
}, 60_000);
