import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../db.ts';
import type { TwinScope } from '../scope.ts';
import type { BucketTable } from './rate-buckets.ts';

/** Answers that ended this long ago are read from their message; nobody replays their events any more. */
const turnEventHours = 24;
/** An upload that has not ended by then was cut off: the longest allowed one takes half an hour. */
const receivingHours = 1;
/** A job erases a deleted document within a minute: this long after, it was lost. */
const deletedHours = 1;

/** A full bucket is as good as none. Kept for an hour, in which a clock that is set back still finds what was used. */
function fullBuckets(scope: TwinScope, table: BucketTable): RawBuilder<unknown> {
  return sql`delete from ${sql.table(table)}
    where twin_id = ${scope.twinId} and tat < (extract(epoch from now() - interval '1 hour') * 1000000)::bigint`;
}

/** One statement a task; each may be run at any time, in any order, and killed at any point. */
const tasks = {
  rateLimits: (scope: TwinScope) => sql`
    delete from rate_limits where twin_id = ${scope.twinId} and expires_at < now() at time zone 'utc'`,
  rateBuckets: (scope: TwinScope) => fullBuckets(scope, 'rate_bucket'),
  rateQuotas: (scope: TwinScope) => fullBuckets(scope, 'rate_quota'),
  cacheEntries: (scope: TwinScope) => sql`
    delete from database_cache where twin_id = ${scope.twinId} and expires_at < now() at time zone 'utc'`,
  cacheLeases: (scope: TwinScope) => sql`
    delete from cache_lease where twin_id = ${scope.twinId} and expires_at < now()`,
  ingestions: (scope: TwinScope) => sql`
    delete from ingestion_metadata where twin_id = ${scope.twinId} and expires_at < now() at time zone 'utc'`,
  unfinishedUploads: (scope: TwinScope) => sql`
    delete from blob where twin_id = ${scope.twinId} and state = 'receiving'
      and created_at < now() - make_interval(hours => ${receivingHours})`,
  deletedDocuments: (scope: TwinScope) => sql`
    with gone as (
      select id from document
      where twin_id = ${scope.twinId} and deleted_at < now() - make_interval(hours => ${deletedHours})
      for update
    ),
    files as (
      delete from blob b using document_version v, gone
      where b.twin_id = ${scope.twinId} and v.twin_id = b.twin_id and v.blob_id = b.id and v.document_id = gone.id
    )
    delete from document d using gone where d.twin_id = ${scope.twinId} and d.id = gone.id`,
  turnEvents: (scope: TwinScope) => sql`
    delete from turn_event e using message m
    where e.twin_id = ${scope.twinId} and m.twin_id = e.twin_id and m.id = e.message_id
      and m.state <> 'running' and m.updated_at < now() - make_interval(hours => ${turnEventHours})`,
} satisfies Record<string, (scope: TwinScope) => RawBuilder<unknown>>;

export type ExpiredRowCounts = Record<keyof typeof tasks, number>;

/** Deletes what has expired and what unfinished work left behind, and says how many rows each task deleted. */
export async function cleanupExpiredEntries(db: Db, scope: TwinScope): Promise<ExpiredRowCounts> {
  const counts: ExpiredRowCounts = {
    rateLimits: 0,
    rateBuckets: 0,
    rateQuotas: 0,
    cacheEntries: 0,
    cacheLeases: 0,
    ingestions: 0,
    unfinishedUploads: 0,
    deletedDocuments: 0,
    turnEvents: 0,
  };
  for (const [name, statement] of Object.entries(tasks)) {
    const { numAffectedRows } = await statement(scope).execute(db);
    counts[name as keyof typeof tasks] = Number(numAffectedRows ?? 0);
  }
  return counts;
}
