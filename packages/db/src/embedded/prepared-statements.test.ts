import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestDatabase } from '../testing/create-test-database.ts';
import { embeddedPostgresOf } from '../testing/embedded-postgres-of.ts';
import { createEmbeddedTestDatabase } from '../testing/embedded-test-database.ts';
import type { EmbeddedPostgres } from './embedded-postgres.ts';

let database: TestDatabase;
let postgres: EmbeddedPostgres;

beforeAll(async () => {
  database = await createEmbeddedTestDatabase();
  postgres = embeddedPostgresOf(database);
});

afterAll(async () => {
  await database.close();
});

/** How often each kept statement whose text holds `part` was planned for its values, and run by a plan for any. */
async function plansOf(part: string): Promise<{ custom: number; generic: number }[]> {
  const { rows } = await postgres.query<{ custom: number; generic: number }>(
    `select custom_plans as custom, generic_plans as generic from pg_prepared_statements
    where position($1 in statement) > 0 and statement not like '%pg_prepared_statements%'`,
    [part],
  );
  return rows;
}

test('values of every kind come and go the same when a statement is planned and when its plan is used again', async () => {
  const text = `select $1::int as n, $2::bigint as big, $3::text as words, $4::bytea as bytes, $5::jsonb as doc,
    $6::text[] as list, $7::timestamp as at, $8::vector as point, $9::boolean as yes, null::text as nothing, $10::float8 as float`;
  const values = [7, 2 ** 40, 'Größe \\ "x"', new Uint8Array([0, 255, 92]), { a: [1, null] }, ['a,b', '"', null]];
  const more = ['2026-01-02 03:04:05', '[1,2.5]', false, 0.1];
  const row = {
    n: 7,
    big: 2 ** 40,
    words: 'Größe \\ "x"',
    bytes: Buffer.from([0, 255, 92]),
    doc: { a: [1, null] },
    list: ['a,b', '"', null],
    at: new Date('2026-01-02T03:04:05Z'),
    point: '[1,2.5]',
    yes: false,
    nothing: null,
    float: 0.1,
  };
  for (let use = 0; use < 8; use += 1) {
    const { rows, fields } = await postgres.query<typeof row>(text, [...values, ...more]);
    expect(rows.map(({ bytes, ...others }) => ({ ...others, bytes: Buffer.from(bytes) }))).toEqual([row]);
    expect(fields.map(({ name }) => name)).toEqual([
      'n',
      'big',
      'words',
      'bytes',
      'doc',
      'list',
      'at',
      'point',
      'yes',
      'nothing',
      'float',
    ]);
  }
  const { rows } = await postgres.query(`select $1::int as n, $2::text as n`, [1, 'b'], { rowMode: 'array' });
  expect(rows).toEqual([[1, 'b']]);
});

test('a statement that begins with its name is kept like any other', async () => {
  for (const text of ['/* named sum */ select $1::int + 1', '/* a\n * few */\n  select $1::int + 1']) {
    for (let use = 0; use < 8; use += 1) await postgres.query(text, [use]);
    expect(await plansOf(text)).toEqual([{ custom: 5, generic: 3 }]);
  }
});

test('a table that is made of a query is seen at once, whatever comments stand between', async () => {
  await postgres.exec('create table made (a integer); insert into made values (1)');
  for (let use = 0; use < 3; use += 1) expect((await postgres.query('select * from made')).rows).toEqual([{ a: 1 }]);
  await postgres.exec('alter table made rename to made_before');
  await postgres.query(
    '/* the same with more */ create table made as /* of before */ select a, 2 as b from made_before',
  );
  expect((await postgres.query('select * from made')).rows).toEqual([{ a: 1, b: 2 }]);
  expect(await plansOf('create table made as')).toEqual([]);
});

test('a statement tells how many rows it changed, and none for what it only read', async () => {
  await postgres.exec('create table changed (n integer primary key)');
  const affected = async (text: string, values: unknown[] = []) => (await postgres.query(text, values)).affectedRows;
  for (let use = 0; use < 8; use += 1) {
    expect(await affected('insert into changed select generate_series(1, $1::int)', [3])).toBe(3);
    expect(await affected('select n from changed')).toBe(0);
    expect(await affected('with gone as (delete from changed where n > 1 returning n) select n from gone')).toBe(0);
    expect(await affected('update changed set n = n where n = $1', [1])).toBe(1);
    expect(await affected('delete from changed')).toBe(1);
  }
});

test('columns that are added, in a transaction or outside, are seen by a statement that was kept before', async () => {
  await postgres.exec('create table growing (a integer); insert into growing values (1)');
  const all = 'select * from growing';
  for (let use = 0; use < 8; use += 1) expect((await postgres.query(all)).rows).toEqual([{ a: 1 }]);
  await postgres.query('alter table growing add b integer default 2');
  for (let use = 0; use < 8; use += 1) expect((await postgres.query(all)).rows).toEqual([{ a: 1, b: 2 }]);
  await postgres.exec('alter table growing add c integer default 3; select 1');
  expect((await postgres.query(all)).rows).toEqual([{ a: 1, b: 2, c: 3 }]);
  await postgres.query(`do 'begin alter table growing add d integer default 4; end'`);
  await postgres.transaction(async (tx) => {
    expect((await tx.query(all)).rows).toEqual([{ a: 1, b: 2, c: 3, d: 4 }]);
    await tx.query('alter table growing drop d');
    expect((await tx.query(all)).rows).toEqual([{ a: 1, b: 2, c: 3 }]);
    await tx.rollback();
  });
  expect((await postgres.query(all)).rows).toEqual([{ a: 1, b: 2, c: 3, d: 4 }]);
  await postgres.exec(
    `create table judge (a integer); alter table judge add constraint late unique (a) deferrable initially deferred`,
  );
  const failing = postgres.transaction(async (tx) => {
    await tx.query('alter table growing drop c');
    expect((await tx.query(all)).rows).toEqual([{ a: 1, b: 2, d: 4 }]);
    await tx.query('insert into judge values (1), (1)');
  });
  await expect(failing).rejects.toMatchObject({ code: '23505' });
  expect((await postgres.query(all)).rows).toEqual([{ a: 1, b: 2, c: 3, d: 4 }]);
});

test('a statement that was sent right before a change of its columns gives the new ones afterwards', async () => {
  await postgres.exec('create table racing (a integer); insert into racing values (1)');
  const all = 'select * from racing';
  const [before] = await Promise.all([
    postgres.query(all),
    postgres.query('alter table racing add b integer default 2'),
  ]);
  expect(before.rows).toEqual([{ a: 1 }]);
  expect((await postgres.query(all)).rows).toEqual([{ a: 1, b: 2 }]);
  const [second] = await Promise.all([
    postgres.query(all),
    postgres.exec('alter table racing add c integer default 3'),
  ]);
  expect(second.rows).toEqual([{ a: 1, b: 2 }]);
  expect((await postgres.query(all)).rows).toEqual([{ a: 1, b: 2, c: 3 }]);
  await postgres.query('discard all');
  expect((await postgres.query(all)).rows).toEqual([{ a: 1, b: 2, c: 3 }]);
});

test('a kept statement that fails can be run again, at once or after the transaction that it failed in', async () => {
  await postgres.exec('create table taken (n integer primary key); insert into taken values (1)');
  const add = 'insert into taken values ($1)';
  await postgres.query(add, [2]);
  await expect(postgres.query(add, [2])).rejects.toMatchObject({ code: '23505', constraint: 'taken_pkey' });
  await expect(postgres.query(add, ['two'])).rejects.toMatchObject({ code: '22P02' });
  await postgres.query(add, [3]);
  const failing = postgres.transaction(async (tx) => {
    await expect(tx.query(add, [3])).rejects.toMatchObject({ code: '23505' });
    await expect(tx.query('select count(*) from taken')).rejects.toMatchObject({ code: '25P02' });
    await tx.query(add, [4]);
  });
  await expect(failing).rejects.toMatchObject({ code: '25P02' });
  await postgres.query(add, [4]);
  expect((await postgres.query('select n from taken order by n')).rows).toEqual([1, 2, 3, 4].map((n) => ({ n })));
  await expect(postgres.query('select misspelt from taken')).rejects.toMatchObject({ code: '42703' });
  await postgres.query('alter table taken add misspelt integer');
  expect((await postgres.query('select misspelt from taken limit 1')).rows).toEqual([{ misspelt: null }]);
});

test('a plan serves any values once it has been made for some, and is made anew after a hundred uses', async () => {
  for (let use = 0; use < 90; use += 1) await postgres.query('select $1::int + 40 as sum', [use]);
  expect(await plansOf('+ 40')).toEqual([{ custom: 5, generic: 85 }]);
  for (let use = 0; use < 20; use += 1) await postgres.query('select $1::int + 40 as sum', [use]);
  expect(await plansOf('+ 40')).toEqual([{ custom: 5, generic: 5 }]);
});

test('no more than two hundred statements are kept, those that were used last', async () => {
  await postgres.query('select 0 as asked');
  for (let n = 1; n <= 300; n += 1) {
    await postgres.query(`select ${n} as asked`);
    expect((await postgres.query('select 0 as asked')).rows).toEqual([{ asked: 0 }]);
  }
  const { rows } = await postgres.query<{ count: number }>('select count(*)::int as count from pg_prepared_statements');
  expect(rows).toEqual([{ count: 200 }]);
  expect(await plansOf('select 1 as asked')).toEqual([]);
  expect(await plansOf('select 0 as asked')).toHaveLength(1);
});

test('a statement too long to be kept is run all the same', async () => {
  const list = Array.from({ length: 4_000 }, (_, n) => `(${n})`).join(', ');
  const { rows } = await postgres.query<{ count: number }>(`select count(*)::int from (values ${list}) as given (n)`);
  expect(rows).toEqual([{ count: 4_000 }]);
  expect(await plansOf('as given (n)')).toEqual([]);
});
