import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../db.ts';
import type { TwinScope } from '../scope.ts';
import { namedStatement } from '../server/name-statements.ts';

/**
 * `rate_bucket` is emptied by a crash of the database: one fresh burst for everyone. `rate_quota` survives it, but for the calls
 * of the last moments.
 */
export type BucketTable = 'rate_bucket' | 'rate_quota';

export interface Bucket {
  table: BucketTable;
  key: string;
  /** Calls a full bucket holds, at least 1. */
  burst: number;
  /** One call flows back in this time. Whole microseconds, at least 1. */
  intervalMicros: number;
}

export interface BucketTaken {
  /** Calls let through, from 0 to as many as were asked for. */
  granted: number;
  /** Calls left behind the granted ones. */
  remaining: number;
  /** Until one more call would be let through; 0 while some are left. */
  retryMicros: number;
  /** Until the bucket is full. */
  fullMicros: number;
}

/** A row this far ahead of a full burst was written before the clock was set back; no statement waits that long for a lock. */
const CLOCK_SET_BACK_MICROS = 60_000_000;

/**
 * Takes up to `count` calls from a bucket: the generic cell rate algorithm (GCRA; ITU-T I.371), in one number per key.
 * In any time t no more than `burst + t / intervalMicros` calls are granted, however many processes ask: the row's lock
 * puts them in order, the database's clock counts, and whole microseconds round nothing. A refusal writes nothing.
 *
 * The clock is read once, into the proposed row; an update reads it back from there. A statement that waited for the
 * lock uses an older time, which can only refill less. When the clock was set back, the bucket counts as empty from the
 * new time on: nothing extra is granted and nobody is locked out until the old time returns.
 *
 * Not to be called inside a transaction: the key's lock would be held to its end, every other call of the key would wait for
 * it, and a daily bucket would turn off the wait for the disk for all that the transaction writes.
 *
 * @param nowMicros stands in for the database's clock in tests.
 */
export async function takeFromBucket(
  db: Db,
  scope: TwinScope,
  bucket: Bucket,
  { count = 1, nowMicros }: { count?: number; nowMicros?: number } = {},
): Promise<BucketTaken> {
  const { burst, intervalMicros } = bucket;
  const now = clockMicros(nowMicros);
  const { rows } = await takeStatement(scope, bucket, count, now).execute(db);
  // Refused, which whoever asks remembers (see core's gate): rare enough for a second statement, which sees the newest row.
  const row = rows[0] ?? (await findBucket(db, scope, bucket, now));
  const fullMicros = Math.max(0, row?.aheadMicros ?? 0);
  const remaining = Math.max(0, Math.floor((burst * intervalMicros - fullMicros) / intervalMicros));
  const retryMicros = Math.max(0, fullMicros - (burst - 1) * intervalMicros);
  return { granted: row?.granted ?? 0, remaining, retryMicros, fullMicros };
}

/**
 * A call need not wait until its count is on the disk: that takes longer than all the rest. A crash of the server then forgets
 * the calls of its last moments (three times `wal_writer_delay`, 0.6 s as it comes), and damages nothing. Until the end of the
 * statement's transaction, which is its own.
 */
const withoutWaitingForDisk = sql`, set_config('synchronous_commit', 'off', true)`;

interface BucketState {
  granted: number;
  aheadMicros: number;
}

function takeStatement(
  scope: TwinScope,
  { table, key, burst, intervalMicros }: Bucket,
  count: number,
  now: RawBuilder<number>,
): RawBuilder<BucketState> {
  const interval = sql`${intervalMicros}::bigint`;
  const capacity = sql`${burst * intervalMicros}::bigint`;
  const first = sql`${Math.min(count, burst)}::integer`;
  const then = sql`(excluded.tat - excluded.granted * ${interval})`;
  const free = sql`((${capacity} - greatest(r.tat - ${then}, 0)) / ${interval})`;
  const granted = sql`greatest(least(${count}::integer, ${free}), 0)`;
  const isSetBack = sql`r.tat > ${then} + ${capacity} + ${sql.lit(CLOCK_SET_BACK_MICROS)}`;
  return sql<BucketState>`${namedStatement(`take-from-${table}`)}
    insert into ${sql.table(table)} as r (twin_id, key, tat, granted)
    values (${scope.twinId}, ${key}, ${now} + ${first} * ${interval}, ${first})
    on conflict (twin_id, key) do update set
      granted = ${granted},
      tat = case when ${isSetBack} then ${then} + ${capacity} else greatest(r.tat, ${then}) + ${granted} * ${interval} end
    where ${free} >= 1 or ${isSetBack}
    returning granted, tat - ${now} as "aheadMicros"${table === 'rate_quota' ? withoutWaitingForDisk : sql``}`;
}

async function findBucket(
  db: Db,
  scope: TwinScope,
  { table, key }: Pick<Bucket, 'table' | 'key'>,
  now: RawBuilder<number>,
): Promise<BucketState | undefined> {
  const { rows } = await sql<BucketState>`
    select 0 as granted, tat - ${now} as "aheadMicros" from ${sql.table(table)}
    where twin_id = ${scope.twinId} and key = ${key}`.execute(db);
  return rows[0];
}

/** Microseconds until a bucket is full; 0 when nothing of it is used. */
export async function findBucketUse(db: Db, scope: TwinScope, bucket: Pick<Bucket, 'table' | 'key'>): Promise<number> {
  const row = await findBucket(db, scope, bucket, clockMicros());
  return Math.max(0, row?.aheadMicros ?? 0);
}

export interface BucketRow<Kind extends string> {
  key: string;
  kind: Kind;
  /** Until the bucket is full. */
  fullMicros: number;
}

/** What a bucket of a kind holds, as time: `burst * intervalMicros`. Its key starts with the kind and a colon. */
export interface BucketKind<Kind extends string> {
  name: Kind;
  capacityMicros: number;
}

/** The buckets of these kinds that are not full, the ones of which the greatest share is used first. */
export async function listBuckets<Kind extends string>(
  db: Db,
  scope: TwinScope,
  kinds: readonly BucketKind<Kind>[],
  limit = 200,
): Promise<BucketRow<Kind>[]> {
  const { rows } = await sql<BucketRow<Kind>>`
    with clock as materialized (select ${clockMicros()} as now),
    bucket as (select twin_id, key, tat from rate_bucket union all select twin_id, key, tat from rate_quota)
    select key, kind.name as kind, tat - now as "fullMicros"
    from bucket
    cross join clock
    join unnest(${kinds.map(({ name }) => name)}::text[], ${kinds.map(({ capacityMicros }) => capacityMicros)}::float8[])
      as kind (name, capacity) on kind.name = split_part(key, ':', 1)
    where twin_id = ${scope.twinId} and tat > now
    order by (tat - now) / capacity desc, key
    limit ${limit}`.execute(db);
  return rows;
}

/** Fills a bucket and grows the twin's `limits_version`, so that every process notices. False when nothing was used. */
export async function deleteBucket(db: Db, scope: TwinScope, key: string): Promise<boolean> {
  return (await deleteWhere(db, scope, sql`key = ${key}`)).length > 0;
}

/** Fills all buckets of a kind, as `deleteBucket` does one; returns their keys, in order. */
export async function deleteBuckets(db: Db, scope: TwinScope, kind: string): Promise<string[]> {
  return await deleteWhere(db, scope, sql`split_part(key, ':', 1) = ${kind}`);
}

async function deleteWhere(db: Db, scope: TwinScope, condition: RawBuilder<unknown>): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`
    with burst as (delete from rate_bucket where twin_id = ${scope.twinId} and ${condition} returning key),
    quota as (delete from rate_quota where twin_id = ${scope.twinId} and ${condition} returning key),
    told as (update twin set limits_version = limits_version + 1 where id = ${scope.twinId})
    select key from burst union all select key from quota order by key`.execute(db);
  return rows.map(({ key }) => key);
}

/** One text with the tests' clock or without: what they show holds for the statement that runs. */
function clockMicros(nowMicros?: number): RawBuilder<number> {
  return sql<number>`coalesce(${nowMicros ?? null}::bigint, (extract(epoch from clock_timestamp()) * 1000000)::bigint)`;
}
