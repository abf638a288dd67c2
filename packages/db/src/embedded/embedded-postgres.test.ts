import { readFile } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Kysely, PGliteDialect, sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestDatabase } from '../testing/create-test-database.ts';
import { embeddedPostgresOf } from '../testing/embedded-postgres-of.ts';
import { createEmbeddedTestDatabase } from '../testing/embedded-test-database.ts';
import { EmbeddedPostgres } from './embedded-postgres.ts';

let database: TestDatabase;
let postgres: EmbeddedPostgres;

beforeAll(async () => {
  database = await createEmbeddedTestDatabase();
  postgres = embeddedPostgresOf(database);
  await postgres.exec('create table counter (value integer not null); insert into counter values (0)');
});

afterAll(async () => {
  await database.close();
});

test('a statement sent from outside waits for an open transaction to end', async () => {
  const { db } = database;
  const order: string[] = [];
  let outside: Promise<unknown> = Promise.resolve();
  await db.transaction().execute(async (tx) => {
    await sql`update counter set value = 1`.execute(tx);
    // As the job queue would: past Kysely, straight to the engine.
    outside = postgres
      .query('select value from counter')
      .then(({ rows }) => order.push(`outside saw ${JSON.stringify(rows)}`));
    await sleep(100);
    await sql`update counter set value = 2`.execute(tx);
    order.push('transaction done');
  });
  await outside;
  expect(order).toEqual(['transaction done', 'outside saw [{"value":2}]']);
});

test('a rolled back transaction leaves nothing and frees the connection', async () => {
  const failing = postgres.transaction(async (tx) => {
    await tx.query('update counter set value = 99');
    throw new Error('changed my mind');
  });
  await expect(failing).rejects.toThrow('changed my mind');
  expect((await postgres.query('select value from counter')).rows).toEqual([{ value: 2 }]);
});

test('a transaction can be rolled back without an error', async () => {
  const result = await postgres.transaction(async (tx) => {
    await tx.query('update counter set value = 99');
    await tx.rollback();
    return 'went on';
  });
  expect(result).toBe('went on');
  expect((await postgres.query('select value from counter')).rows).toEqual([{ value: 2 }]);
});

test('a commit that fails rejects, with the code of the constraint', async () => {
  await postgres.exec(`create table parent (id integer primary key);
    create table child (parent_id integer references parent (id) deferrable initially deferred)`);
  const failing = postgres.transaction(async (tx) => await tx.query('insert into child values (1)'));
  await expect(failing).rejects.toMatchObject({ code: '23503', constraint: 'child_parent_id_fkey' });
});

test('several statements without parameters run as one unit, with one result for each', async () => {
  const results = await postgres.exec('begin; update counter set value = 5 returning value; commit; select 7 as seven');
  expect(results.map(({ rows }) => rows)).toEqual([[], [{ value: 5 }], [], [{ seven: 7 }]]);
});

test('an error says what Postgres said, and leaves the values of the statement behind', async () => {
  const failing = postgres.query('select $1::integer / 0 as secret', [41]);
  const error: unknown = await failing.catch((reason: unknown) => reason);
  expect(error).toMatchObject({ name: 'DatabaseError', code: '22012', message: 'division by zero', severity: 'ERROR' });
  expect(JSON.stringify(error)).not.toContain('41');
});

test('notifications reach each listener until it stops', async () => {
  const heard: string[] = [];
  const stopFirst = await postgres.listen('news', (payload) => heard.push(`first ${payload}`));
  const stopSecond = await postgres.listen('news', (payload) => heard.push(`second ${payload}`));
  await postgres.query(`select pg_notify('news', 'a')`);
  await stopFirst();
  await postgres.query(`select pg_notify('news', 'b')`);
  await stopSecond();
  await postgres.query(`select pg_notify('news', 'c')`);
  await expect.poll(() => heard).toEqual(['first a', 'second a', 'second b']);
});

test('the main thread stays free while a statement runs', async () => {
  let ticks = 0;
  const ticker = setInterval(() => (ticks += 1), 5);
  const started = performance.now();
  await postgres.query('select count(*) from generate_series(1, 500000) as n where n % 7 = 3');
  const elapsedMs = performance.now() - started;
  clearInterval(ticker);
  expect(elapsedMs).toBeGreaterThan(100);
  expect(ticks).toBeGreaterThan(elapsedMs / 50);
});

test('when its thread dies, everything under way and everything later rejects, and the loss is announced', async () => {
  const dying = new EmbeddedPostgres('/nowhere', new URL('../testing/dying-host.ts', import.meta.url));
  await dying.waitReady;
  const pending = [dying.query('select 1'), dying.exec('select 2')];
  await expect(Promise.all(pending)).rejects.toThrow('The embedded database has stopped: its thread ended with code 3');
  expect((await dying.lost).message).toContain('its thread ended with code 3');
  await expect(dying.query('select 3')).rejects.toThrow('The embedded database has stopped');

  // Kysely's own transaction must fail too: it waits for a callback that a plain rejection would never call.
  const db = new Kysely<Record<string, never>>({ dialect: new PGliteDialect({ pglite: dying }) });
  const transaction = db.transaction().execute(async (tx) => await sql`select 4`.execute(tx));
  await expect(transaction).rejects.toThrow('The embedded database has stopped');
  await dying.close();
});

test('closing rolls back what is open and what waits behind it, instead of waiting for their ends', async () => {
  const own = await createEmbeddedTestDatabase();
  const pglite = embeddedPostgresOf(own);
  const begun = Promise.withResolvers<void>();
  const closed = Promise.withResolvers<void>();
  const open = pglite.transaction(async (tx) => {
    await tx.query('create table half_done (value integer)');
    begun.resolve();
    await closed.promise;
  });
  await begun.promise;
  const waiting = pglite.transaction(async (tx) => await tx.query('select 1'));
  const outcomes = Promise.allSettled([open, waiting]);
  await own.close();
  closed.resolve();
  expect(await outcomes).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }]);
});

test('a thread that has answered the close and ended is not taken for lost, whichever the main thread sees first', async () => {
  // On a busy main thread about every second end of a thread is seen before what it said last.
  let isBusy = true;
  const beBusy = () => {
    const until = performance.now() + 8 * Math.random();
    while (performance.now() < until);
  };
  const read = () => readFile(import.meta.filename, () => (beBusy(), isBusy && setImmediate(read)));
  const timer = setInterval(beBusy, 3);
  read();
  let lost = 0;
  for (let round = 0; round < 20; round += 1) {
    const closing = new EmbeddedPostgres('/nowhere', new URL('../testing/closing-host.ts', import.meta.url));
    void closing.lost.then(() => (lost += 1));
    await closing.waitReady;
    await closing.close();
    await sleep(10);
  }
  isBusy = false;
  clearInterval(timer);
  expect(lost).toBe(0);
});

test('a value that cannot be sent to the thread fails its own call alone', async () => {
  const asking = new EmbeddedPostgres('/nowhere', new URL('../testing/closing-host.ts', import.meta.url));
  let isLost = false;
  void asking.lost.then(() => (isLost = true));
  await asking.waitReady;
  await expect(asking.query('select $1', [() => 'a function'])).rejects.toMatchObject({ name: 'DataCloneError' });
  // Still waited for, it would make the end of the thread look like a loss.
  await asking.close();
  await sleep(50);
  expect(isLost).toBe(false);
});

test('after closing, calls are refused', async () => {
  const closing = await createEmbeddedTestDatabase();
  await closing.close();
  await expect(closing.db.selectFrom('twin').selectAll().execute()).rejects.toThrow('closed');
});
