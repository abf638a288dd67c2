import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type DatabaseHandle, openDatabase } from '../client.ts';
import { isDatabaseUnavailable } from '../is-database-unavailable.ts';
import { liftStatementBound, liftStatementBoundOf, restoreStatementBound } from '../lift-statement-bound.ts';
import { type BreakableProxy, startBreakableProxy } from '../testing/breakable-proxy.ts';
import { createEmptyDatabase } from '../testing/server-test-database.ts';
import { ANSWER_MS_MAX } from './connection-bounds.ts';

const serverUrl = process.env['TEST_DATABASE_URL'] ?? '';

describe.skipIf(!serverUrl)('a server that goes silent (TEST_DATABASE_URL)', () => {
  let proxy: BreakableProxy;
  let handle: DatabaseHandle;
  let drop: () => Promise<void>;

  beforeEach(async () => {
    const empty = await createEmptyDatabase(serverUrl);
    drop = async () => await empty.drop();
    proxy = await startBreakableProxy(empty.connectionString);
    // One connection: while it is waited for, nobody else is served.
    handle = await openDatabase({ home: 'server', connectionString: proxy.url, poolMax: 1 });
    await sql`select 1`.execute(handle.db);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });

  afterEach(async () => {
    vi.useRealTimers();
    proxy.close();
    await handle.close();
    await drop();
  });

  test('fails the statement that waits for it, and the next one gets another connection', async () => {
    proxy.goSilent();
    const outcome = sql`select 1`.execute(handle.db).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(ANSWER_MS_MAX);

    const error = await outcome;
    expect(error).toMatchObject({ code: 'ETIMEDOUT' });
    expect(isDatabaseUnavailable(error)).toBe(true);
    proxy.mend();
    expect((await sql`select 2 as two`.execute(handle.db)).rows).toEqual([{ two: 2 }]);
  });

  test('fails a transaction once, without waiting for its rollback as well', async () => {
    const silent = Promise.withResolvers<void>();
    const outcome = handle.db
      .transaction()
      .execute(async (tx) => {
        await sql`select 1`.execute(tx);
        proxy.goSilent();
        silent.resolve();
        await sql`select 2`.execute(tx);
      })
      .catch((error: unknown) => error);
    await silent.promise;
    await vi.advanceTimersByTimeAsync(ANSWER_MS_MAX);

    expect(isDatabaseUnavailable(await outcome)).toBe(true);
    proxy.mend();
    expect((await sql`select 3 as three`.execute(handle.db)).rows).toEqual([{ three: 3 }]);
  });

  test('is waited for where a session has lifted the bound on its statements, until it restores it', async () => {
    const { db } = handle;
    const timers = async (work: () => Promise<unknown>): Promise<number> => {
      const running = work();
      // Taking a connection has a bound of its own, which is over by then.
      await new Promise((resolve) => setImmediate(resolve));
      const count = vi.getTimerCount();
      await running;
      return count;
    };
    await db.connection().execute(async (session) => {
      const idle = vi.getTimerCount();
      const ask = async () => (await timers(async () => await sql`select 1`.execute(session))) - idle;
      expect(await ask()).toBe(1);
      await liftStatementBound(session);
      expect(await ask()).toBe(0);
      await restoreStatementBound(session);
      expect(await ask()).toBe(1);
      await session.transaction().execute(async (tx) => {
        await liftStatementBoundOf(tx);
        expect((await timers(async () => await sql`select 1`.execute(tx))) - idle).toBe(0);
      });
      expect(await ask()).toBe(1);
    });
  });
});
