import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DatabaseHandle, openDatabase } from '../client.ts';
import { administer, createEmptyDatabase } from '../testing/server-test-database.ts';

const serverUrl = process.env['TEST_DATABASE_URL'] ?? '';

describe.skipIf(!serverUrl)('the pool on a server (TEST_DATABASE_URL)', () => {
  let handle: DatabaseHandle;
  let drop: () => Promise<void>;
  const connectionErrors: Error[] = [];

  beforeAll(async () => {
    const empty = await createEmptyDatabase(serverUrl);
    drop = async () => await empty.drop();
    handle = await openDatabase({
      home: 'server',
      connectionString: empty.connectionString,
      poolMax: 3,
      onConnectionError: (error) => connectionErrors.push(error),
    });
  });

  afterAll(async () => {
    await handle.close();
    await drop();
  });

  async function backendPid(): Promise<number> {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(handle.db);
    return rows[0]!.pid;
  }

  async function terminate(pid: number): Promise<void> {
    await administer(serverUrl, async (client) => {
      await client.query('select pg_terminate_backend($1)', [pid]);
    });
  }

  test('a backend killed while idle is replaced, and told about', async () => {
    const pid = await backendPid();
    await terminate(pid);
    await expect.poll(() => connectionErrors.length).toBeGreaterThan(0);
    expect(connectionErrors[0]).toMatchObject({ code: '57P01' });
    expect(await backendPid()).not.toBe(pid);
  });

  test('a backend killed in a statement fails that statement, and the pool recovers', async () => {
    const { db } = handle;
    const outcome = sql`select pg_sleep(20)`.execute(db).catch((error: unknown) => error);
    await administer(serverUrl, async (client) => {
      const isSlow = `query = 'select pg_sleep(20)' and state = 'active'`;
      await expect
        .poll(async () => (await client.query(`select pid from pg_stat_activity where ${isSlow}`)).rowCount)
        .toBe(1);
      await client.query(`select pg_terminate_backend(pid) from pg_stat_activity where ${isSlow}`);
    });
    expect(await outcome).toMatchObject({ code: '57P01' });
    // The socket closes a moment after the error: a statement sent in between may fail too.
    await expect.poll(async () => await backendPid().catch(() => 0)).toBeGreaterThan(0);
  });

  test('a backend killed in a transaction rolls it back and rejects', async () => {
    const { db } = handle;
    await sql`create table kept (value integer)`.execute(db);
    const transaction = db.transaction().execute(async (tx) => {
      await sql`insert into kept values (1)`.execute(tx);
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
      await terminate(rows[0]!.pid);
      await sql`insert into kept values (2)`.execute(tx);
    });
    await expect(transaction).rejects.toBeInstanceOf(Error);
    await expect
      .poll(
        async () =>
          await sql`select * from kept`.execute(db).then(
            ({ rows }) => rows,
            () => undefined,
          ),
      )
      .toEqual([]);
  });

  test('every connection carries its limits and settings', async () => {
    const { rows } = await sql<Record<string, string>>`
      select current_setting('statement_timeout') as statement,
        current_setting('idle_in_transaction_session_timeout') as idle,
        current_setting('application_name') as name,
        current_setting('hnsw.ef_search') as ef, current_setting('hnsw.iterative_scan') as scan`.execute(handle.db);
    expect(rows).toEqual([{ statement: '30s', idle: '30s', name: 'digital-twin', ef: '200', scan: 'relaxed_order' }]);
  });

  test('no more connections are opened than allowed, and callers wait for them', async () => {
    const { db } = handle;
    const sleeping = Array.from({ length: 8 }, async () => await sql`select pg_sleep(0.2)`.execute(db));
    await expect.poll(() => handle.poolStatistics()?.waiting ?? 0).toBeGreaterThan(0);
    expect(handle.poolStatistics()?.open).toBeLessThanOrEqual(3);
    await Promise.all(sleeping);
    expect(handle.poolStatistics()).toMatchObject({ max: 3, waiting: 0 });
  });
});
