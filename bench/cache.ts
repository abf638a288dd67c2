import { cpus, loadavg } from 'node:os';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { createCache } from '@twin/core/cache/create-cache';
import { getDatabaseValue, setDatabaseValue } from '@twin/db/queries/cache';
import { setCacheDurability } from '@twin/db/queries/cache-durability';
import { namedStatement } from '@twin/db/server/name-statements';
import { createServerTestDatabase } from '@twin/db/testing/server-test-database';
import { sql } from 'kysely';
import { findDurability } from './find-durability.ts';
import { startRedis } from './start-redis.ts';
import { type Case, takeTurns, toRows } from './take-turns.ts';

/**
 * What the cache costs next to the cheapest statement there is, and next to a Redis on the same machine, in one run: tables
 * for each server that is named.
 */
const { values } = parseArgs({
  options: { server: { type: 'string', multiple: true }, calls: { type: 'string', default: '3000' } },
});
if (values.server === undefined) {
  process.stderr.write('Usage: node bench/cache.ts --server postgres://… [--server …] [--calls 3000]\n');
  process.exit(2);
}

/** As large as the vector of a question at 384 dimensions, as it is kept. */
const value = 'x'.repeat(2_048);
const ttlSeconds = 3600;
const keys = 1_000;
const keyOf = (n: number) => `bench:${Math.abs(n) % keys}`;

for (const server of values.server) await measure(server, Number(values.calls));

async function measure(server: string, calls: number): Promise<void> {
  const database = await createServerTestDatabase(server);
  const { db, scope } = database;
  const cache = createCache(db, { warn: (_fields, message) => void process.stderr.write(`${message}\n`) });
  const redis = await startRedis();

  const set = async (n: number) => await setDatabaseValue(db, scope, { key: keyOf(n), value, ttlSeconds });
  const get = async (n: number) => await getDatabaseValue(db, scope, keyOf(n));
  const cases: Case[] = [
    {
      name: 'prepared select 1',
      call: async () => await sql`${namedStatement('bench-select-1')} select 1`.execute(db),
    },
    { name: 'get', call: get },
    { name: 'set', call: set },
    {
      name: 'get or compute, kept',
      call: async (n) => await cache.getOrCompute(scope, keyOf(n), { ttlSeconds }, () => Promise.resolve(value)),
    },
    {
      name: 'get or compute, new',
      call: async (n) => await cache.getOrCompute(scope, `new:${n}`, { ttlSeconds }, () => Promise.resolve(value)),
    },
  ];
  if (redis !== undefined) {
    const { client } = redis;
    cases.push(
      { name: 'Redis get', call: async (n) => await client.get(keyOf(n)) },
      { name: 'Redis set', call: async (n) => await client.set(keyOf(n), value, 'EX', ttlSeconds) },
    );
  }

  process.stdout.write(
    `\nPostgres ${database.serverVersion} (${await findDurability(db)}), Redis ${redis?.version ?? 'left out'}, Node ${process.version}, ` +
      `${cpus().length} × ${cpus()[0]?.model}, load average ${loadavg()[0]?.toFixed(1)}; ${calls} calls each, values of ${value.length} bytes\n`,
  );
  for (const durability of ['logged', 'unlogged'] as const) {
    await setCacheDurability(db, durability);
    for (let n = 0; n < keys; n += 1) {
      await set(n);
      await redis?.client.set(keyOf(n), value, 'EX', ttlSeconds);
    }
    for (const clients of [1, 20]) {
      process.stdout.write(`\nThe table ${durability}, ${clients} at once\n`);
      const turns = { count: calls, clients, turn: 100 * clients, warmUp: 500 };
      console.table(toRows(await takeTurns(cases, turns), 'select 1'));
      await sql`delete from database_cache where key like 'new:%'`.execute(db);
    }
  }
  await redis?.stop();
  await database.close();
}
