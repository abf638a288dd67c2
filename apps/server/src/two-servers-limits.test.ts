import process from 'node:process';
import { upsertRateLimitSetting } from '@twin/db/queries/rate-limit-settings';
import { LOCAL_TWIN_ID, mintTwinScope } from '@twin/db/scope';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestHome, type TestHome } from './testing/create-test-home.ts';
import { createSpawnedServers } from './testing/spawned-servers.ts';

/** The embedded database belongs to one process. */
describe.skipIf(!process.env['TEST_DATABASE_URL'])('two servers on one database', () => {
  const limit = 20;
  const scope = mintTwinScope(LOCAL_TWIN_ID);
  const servers = createSpawnedServers();
  let home: TestHome;
  let origins: string[];

  beforeAll(async () => {
    home = await createTestHome({ isMigrated: true });
    const day = { limit, windowSeconds: 86_400 };
    // Before the servers first ask which limits hold.
    await home.look(async ({ db }) => {
      await upsertRateLimitSetting(db, scope, { ...day, policy: 'search', algorithm: 'token-bucket' });
      await upsertRateLimitSetting(db, scope, { ...day, policy: 'read', algorithm: 'fixed-window' });
    });
    const started = await Promise.all([servers.start(home.variables), servers.start(home.variables)]);
    origins = started.map(({ origin }) => origin);
  }, 120_000);

  afterAll(async () => {
    await servers.killAll();
    await home.remove();
  });

  test.each([
    ['search', 'a bucket', `search.passages?input=${encodeURIComponent('{"query":"bees","limit":5}')}`],
    ['read', 'a window', 'admin.overview'],
  ])(
    'together let exactly as many calls through as the limit of %s says, counted in %s',
    async (_policy, _how, call) => {
      const calls = Array.from({ length: 4 * limit }, async (_none, n) => {
        const response = await fetch(`${origins[n % origins.length]}/api/trpc/${call}`);
        await response.text();
        return response.status;
      });
      const statuses = await Promise.all(calls);
      expect(statuses.filter((status) => status === 200)).toHaveLength(limit);
      expect(statuses.filter((status) => status === 429)).toHaveLength(3 * limit);
    },
    60_000,
  );
});
