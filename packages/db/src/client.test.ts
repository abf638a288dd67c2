import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { postgresErrorCode, postgresErrorConstraint } from './postgres-error.ts';
import { createTestDatabase, type TestDatabase } from './testing/create-test-database.ts';

let database: TestDatabase;
const zoneBefore = process.env['TZ'];

beforeAll(async () => {
  // Far from UTC, where reading a `timestamp` in the zone of the process would show.
  process.env['TZ'] = 'Pacific/Auckland';
  database = await createTestDatabase();
});

afterAll(async () => {
  await database.close();
  process.env['TZ'] = zoneBefore;
});

async function select<T>(expression: ReturnType<typeof sql>): Promise<T> {
  const { rows } = await sql<{ value: T }>`select ${expression} as value`.execute(database.db);
  return rows[0]!.value;
}

test('both homes name their versions and their way in for jobs', () => {
  expect(Number.parseInt(database.serverVersion, 10)).toBeGreaterThanOrEqual(15);
  expect(database.vectorVersion).toMatch(/^\d+\.\d+\.\d+$/);
  expect(database.jobsConnection.kind).toBe(database.home === 'embedded' ? 'pglite' : 'connection-string');
  expect(database.poolStatistics()?.max).toBe(database.home === 'embedded' ? undefined : 20);
});

test.each([
  ['bigint', sql`9007199254740991::bigint`, Number.MAX_SAFE_INTEGER],
  ['integer', sql`42`, 42],
  ['float8', sql`0.1::float8`, 0.1],
  ['boolean', sql`true`, true],
  ['null', sql`null::bigint`, null],
  ['text array', sql`array['a', 'b,"c']`, ['a', 'b,"c']],
  ['bigint array', sql`array[1, null, -2]::bigint[]`, [1, null, -2]],
  ['empty bigint array', sql`array[]::bigint[]`, []],
  ['jsonb', sql`'{"a":[1,null]}'::jsonb`, { a: [1, null] }],
  ['timestamptz', sql`'2026-01-02 03:04:05.678+00'::timestamptz`, new Date('2026-01-02T03:04:05.678Z')],
  ['timestamp, which is UTC', sql`'2026-07-02 03:04:05.678'::timestamp`, new Date('2026-07-02T03:04:05.678Z')],
  ['uuid', sql`'00000000-0000-0000-0000-00000000000a'::uuid`, '00000000-0000-0000-0000-00000000000a'],
])('both homes give back the same value for a %s', async (_type, expression, expected) => {
  expect(await select(expression)).toEqual(expected);
});

test('a Date is kept as the same instant in a timestamp and in a timestamptz', async () => {
  const instant = new Date('2026-07-02T03:04:05.678Z');
  expect(await select(sql`to_char(${instant}::timestamp, 'YYYY-MM-DD HH24:MI')`)).toBe('2026-07-02 03:04');
  expect(await select(sql`${instant}::timestamptz`)).toEqual(instant);
});

test('bytes come back as they were, and the caller keeps its own', async () => {
  const large = new Uint8Array(1_000_000).map((_, index) => index % 251);
  const view = Buffer.from('a small view of a shared pool');
  expect(Buffer.from(await select<Uint8Array>(sql`${large}::bytea`)).equals(large)).toBe(true);
  expect(Buffer.from(await select<Uint8Array>(sql`${view}::bytea`)).toString()).toBe('a small view of a shared pool');
  expect(await select<Uint8Array>(sql`''::bytea`)).toHaveLength(0);
  expect([large.length, view.toString()]).toEqual([1_000_000, 'a small view of a shared pool']);
});

test('a violated constraint is named by both homes in the same words', async () => {
  const { db } = database;
  const insert = db.insertInto('twin').values({ id: 1, name: 'Another' }).execute();
  const error: unknown = await insert.catch((reason: unknown) => reason);
  expect(postgresErrorCode(error)).toBe('23505');
  expect(postgresErrorConstraint(error)).toBe('twin_pkey');
  expect(error).toMatchObject({ table: 'twin', detail: 'Key (id)=(1) already exists.', severity: 'ERROR' });
});

test('a transaction that throws leaves nothing behind', async () => {
  const { db, scope } = database;
  const failing = db.transaction().execute(async (tx) => {
    await tx.updateTable('twin').set({ name: 'Undone' }).where('id', '=', scope.twinId).execute();
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(await db.selectFrom('twin').select('name').executeTakeFirst()).toEqual({ name: 'My twin' });
});

test('a transaction that went on after a failed statement is rejected, not silently lost', async () => {
  const { db } = database;
  const careless = db.transaction().execute(async (tx) => {
    await tx.updateTable('twin').set({ name: 'Lost' }).execute();
    await sql`select 1 / 0`.execute(tx).catch(() => undefined);
    await tx.updateTable('twin').set({ name: 'Lost too' }).execute();
  });
  await expect(careless).rejects.toMatchObject({ code: '25P02' });
});
