import { cpus } from 'node:os';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { createRateGate } from '@twin/core/rate-limit/rate-gate';
import { type Bucket, takeFromBucket } from '@twin/db/queries/rate-buckets';
import { checkRateLimit } from '@twin/db/queries/rate-limits';
import { namedStatement } from '@twin/db/server/name-statements';
import { createServerTestDatabase } from '@twin/db/testing/server-test-database';
import { sql } from 'kysely';
import { type Case, openOtherLimiters } from './other-limiters.ts';

/**
 * What a rate check costs next to the cheapest statement there is, and next to what others use, in one run. Needs a
 * Postgres server, on which it makes a database of its own, and for the comparison a Redis, whose keys `twin-bench:*` it
 * writes.
 */
const { values } = parseArgs({
  options: { server: { type: 'string' }, redis: { type: 'string' }, calls: { type: 'string', default: '3000' } },
});
if (values.server === undefined) {
  process.stderr.write(
    'Usage: node bench/rate-limit.ts --server postgres://… [--redis redis://127.0.0.1:6379] [--calls 3000]\n',
  );
  process.exit(2);
}
const calls = Number(values.calls);
const database = await createServerTestDatabase(values.server);
const { db, scope } = database;
const gate = createRateGate(db);
const others = await openOtherLimiters(database, values.redis);

/** A bucket that never runs empty, unless asked for one that is. */
function bucketOf(key: string, table: Bucket['table'] = 'rate_bucket', burst = 1_000_000): Bucket {
  return { table, key, burst, intervalMicros: burst === 1 ? 3_600_000_000 : 1_000 };
}

interface Measured {
  name: string;
  /** Milliseconds, in the order they were measured. */
  latencies: number[];
  seconds: number;
}

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
  ...others.alone,
];
const crowded: Case[] = [
  { name: '200 clients: prepared select 1', call: selectOne },
  { name: '200 clients, one key, no gate', call: () => takeFromBucket(db, scope, bucketOf('hot')) },
  { name: '200 clients, one key, gate', call: () => gate.take(scope, bucketOf('hot-gated')) },
  ...others.crowded,
];

/** In turns of a hundred calls each, so that whatever else the machine does falls on all of them alike. */
async function measure(
  cases: readonly Case[],
  { count, clients }: { count: number; clients: number },
): Promise<Measured[]> {
  const turn = 100 * clients;
  const measured = cases.map(({ name }) => ({ name, latencies: new Array<number>(), seconds: 0 }));
  for (const { call } of cases) {
    for (let n = 0; n < 500; n += 1) await call(-n);
  }
  for (let from = 0; from < count; from += turn) {
    for (const [index, { call }] of cases.entries()) {
      const of = measured[index];
      if (of !== undefined) of.seconds += await runTurn(call, { from, to: from + turn, clients }, of.latencies);
    }
  }
  return measured;
}

async function runTurn(
  call: Case['call'],
  { from, to, clients }: { from: number; to: number; clients: number },
  latencies: number[],
): Promise<number> {
  let next = from;
  const started = performance.now();
  const client = async () => {
    while (next < to) {
      const n = next++;
      const before = performance.now();
      await call(n);
      latencies.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return (performance.now() - started) / 1000;
}

function toRows(measured: readonly Measured[]) {
  const summaries = measured.map(({ name, latencies, seconds }) => {
    const sorted = latencies.toSorted((a, b) => a - b);
    const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
    return { name, p50: at(0.5), p99: at(0.99), perSecond: latencies.length / seconds };
  });
  return summaries.map(({ name, p50, p99, perSecond }) => ({
    name,
    'p50 ms': p50.toFixed(3),
    'p99 ms': p99.toFixed(3),
    'calls/s': Math.round(perSecond),
    'p50 × select 1': (p50 / (summaries[0]?.p50 ?? Number.NaN)).toFixed(2),
  }));
}

const rows = [
  ...toRows(await measure(alone, { count: calls, clients: 1 })),
  ...toRows(await measure(crowded, { count: 20_000, clients: 200 })),
];
const size = await sql<{ keys: number; bytes: number }>`
  select count(*) as keys, pg_total_relation_size('rate_bucket') as bytes from rate_bucket`.execute(db);
const { keys = 1, bytes = 0 } = size.rows[0] ?? {};

process.stdout.write(
  `Postgres ${database.serverVersion}, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, ${calls} calls each\n`,
);
console.table(rows);
process.stdout.write(`${Math.round(bytes / keys)} bytes a key (${keys} keys, ${bytes} bytes with the index)\n`);
await others.close();
await database.close();
