import { cpus, loadavg } from 'node:os';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { createRateGate } from '@twin/core/rate-limit/rate-gate';
import type { Counter } from '@twin/core/rate-limit/to-counter';
import { type Bucket, takeFromBucket } from '@twin/db/queries/rate-buckets';
import { checkRateLimit } from '@twin/db/queries/rate-limits';
import { namedStatement } from '@twin/db/server/name-statements';
import { createServerTestDatabase } from '@twin/db/testing/server-test-database';
import { sql } from 'kysely';
import { findDurability } from './find-durability.ts';
import { openOtherLimiters } from './other-limiters.ts';
import { type Case, takeTurns, toRows } from './take-turns.ts';

/**
 * What a rate check costs next to the cheapest statement there is, and next to what others use, in one run: a table for each
 * server that is named. Needs a Postgres server, on which it makes a database of its own, and for the comparison Redis.
 */
const { values } = parseArgs({
  options: { server: { type: 'string', multiple: true }, calls: { type: 'string', default: '3000' } },
});
if (values.server === undefined) {
  process.stderr.write('Usage: node bench/rate-limit.ts --server postgres://… [--server …] [--calls 3000]\n');
  process.exit(2);
}
for (const server of values.server) await measure(server, Number(values.calls));

/** A bucket that never runs empty, unless asked for one that is. */
function bucketOf(key: string, table: Bucket['table'] = 'rate_bucket', burst = 1_000_000): Bucket {
  return { table, key, burst, intervalMicros: burst === 1 ? 3_600_000_000 : 1_000 };
}

/** A limit that its owner counts in fixed windows. */
function windowOf(key: string, limit = 1_000_000): Counter {
  return { table: 'rate_limits', key, limit, windowSeconds: 600 };
}

async function measure(server: string, calls: number): Promise<void> {
  const database = await createServerTestDatabase(server);
  const { db, scope } = database;
  const gate = createRateGate(db);
  const others = await openOtherLimiters(database);
  const selectOne = async () => await sql`${namedStatement('bench-select-1')} select 1`.execute(db);
  const alone: Case[] = [
    { name: 'prepared select 1', call: selectOne },
    { name: 'check, distinct keys', call: (n) => takeFromBucket(db, scope, bucketOf(`distinct-${n}`)) },
    { name: 'check, one key', call: () => takeFromBucket(db, scope, bucketOf('one')) },
    { name: 'check through the gate', call: () => gate.take(scope, bucketOf('gated')) },
    { name: 'refused, through the gate', call: () => gate.take(scope, bucketOf('refused', 'rate_bucket', 1)) },
    { name: 'check of a daily quota (logged)', call: () => takeFromBucket(db, scope, bucketOf('day', 'rate_quota')) },
    {
      name: 'fixed window of the replaced app',
      call: () => checkRateLimit(db, scope, { key: 'window', limit: 1_000_000, windowSeconds: 600 }),
    },
    { name: 'fixed window, through the gate', call: () => gate.take(scope, windowOf('gated-window')) },
    {
      name: 'refused by a fixed window, through the gate',
      call: () => gate.take(scope, windowOf('refused-window', 1)),
    },
    ...others.alone,
  ];
  const crowded: Case[] = [
    { name: '200 clients: prepared select 1', call: selectOne },
    { name: '200 clients, one key, no gate', call: () => takeFromBucket(db, scope, bucketOf('hot')) },
    { name: '200 clients, one key, gate', call: () => gate.take(scope, bucketOf('hot-gated')) },
    { name: '200 clients, one key, fixed window, gate', call: () => gate.take(scope, windowOf('hot-window')) },
    ...others.crowded,
  ];

  const rows = [
    ...toRows(await takeTurns(alone, { count: calls, clients: 1, turn: 100, warmUp: 500 }), 'select 1'),
    ...toRows(await takeTurns(crowded, { count: 20_000, clients: 200, turn: 20_000, warmUp: 500 }), 'select 1'),
  ];
  const size = await sql<{ keys: number; bytes: number }>`
    select count(*) as keys, pg_total_relation_size('rate_bucket') as bytes from rate_bucket`.execute(db);
  const { keys = 1, bytes = 0 } = size.rows[0] ?? {};

  process.stdout.write(
    `\nPostgres ${database.serverVersion} (${await findDurability(db)}), Redis ${others.redisVersion ?? 'left out'}, Node ${process.version}, ` +
      `${cpus().length} × ${cpus()[0]?.model}, load average ${loadavg()[0]?.toFixed(1)}; ${calls} calls each\n`,
  );
  console.table(rows);
  process.stdout.write(`${Math.round(bytes / keys)} bytes a key (${keys} keys, ${bytes} bytes with the index)\n`);
  await others.close();
  await database.close();
}
