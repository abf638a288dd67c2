import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../db.ts';
import { isDatabaseUnavailable } from '../is-database-unavailable.ts';
import { liftStatementBoundOf } from '../lift-statement-bound.ts';
import type { TwinScope } from '../scope.ts';
import { CACHE_BYTES_MAX, evictSurplus } from './cache.ts';

/** What goes: rows of `table` that satisfy `expired`, named by `key` within their twin. */
interface Task {
  table: string;
  key: readonly string[];
  expired: RawBuilder<unknown>;
  /** False for the accounts' tables, which belong to no twin. */
  ofTwin?: false;
  /** Rows of other tables go with each, thousands with some: a batch may last longer than a request may. */
  isLong?: true;
}

/** A statement of its own, which deletes `batchRows` rows at most. */
type OwnTask = (scope: TwinScope) => RawBuilder<unknown>;

/** So long after its last question a visitor's conversation is kept, and a link after its end. */
export const VISITOR_CONVERSATION_DAYS = 30;
const visitorsKept = sql`${sql.lit(VISITOR_CONVERSATION_DAYS)} * interval '1 day'`;

/** Rows of one statement: few enough that nobody waits for their locks, and that a kill loses little work. */
const batchRows = 1_000;

const utcNow = sql`now() at time zone 'utc'`;
/** A full bucket is as good as none. Kept for an hour, in which a clock that is set back still finds what was used. */
const fullBucket = sql`tat < (extract(epoch from now() - interval '1 hour') * 1000000)::bigint`;

/** Each may be run at any time, in any order, and killed at any point. */
const tasks = {
  rateLimits: { table: 'rate_limits', key: ['key'], expired: sql`expires_at < ${utcNow}` },
  rateBuckets: { table: 'rate_bucket', key: ['key'], expired: fullBucket },
  rateQuotas: { table: 'rate_quota', key: ['key'], expired: fullBucket },
  cacheEntries: { table: 'database_cache', key: ['key'], expired: sql`expires_at < ${utcNow}` },
  // After the expired ones: values that came in by other ways than the cache, which keeps to its size by itself.
  surplusCacheEntries: (scope) => evictSurplus(scope, { bytesMax: CACHE_BYTES_MAX, rowsMax: batchRows }),
  cacheLeases: { table: 'cache_lease', key: ['key'], expired: sql`expires_at < now()` },
  ingestions: { table: 'ingestion_metadata', key: ['id'], expired: sql`expires_at < ${utcNow}` },
  // An upload that has not ended by then was cut off: the largest one takes a day over a line of 6 kB/s.
  unfinishedUploads: {
    table: 'blob',
    key: ['id'],
    expired: sql`state = 'receiving' and created_at < now() - interval '1 day'`,
    isLong: true,
  },
  // Answers that ended this long ago are read from their message; nobody replays their events any more.
  turnEvents: {
    table: 'turn_event',
    key: ['message_id', 'sequence'],
    expired: sql`exists (select from message m where m.twin_id = turn_event.twin_id and m.id = turn_event.message_id
      and m.state <> 'running' and m.updated_at < now() - interval '1 day')`,
  },
  // Publishing removes them with the version; this finds what a release before may have left.
  orphanChunks: {
    table: 'chunk',
    key: ['id'],
    expired: sql`exists (select from document_version v where v.twin_id = chunk.twin_id and v.id = chunk.version_id
      and v.stage = 'replaced' and v.updated_at < now() - interval '1 hour')`,
    isLong: true,
  },
  // What a replaced version held went when the next one was published. Its row says what became of an ingestion, for as long
  // as the record of the call is kept; citations hold what they quote, and know a version that is gone for replaced.
  oldVersions: {
    table: 'document_version',
    key: ['id'],
    expired: sql`stage = 'replaced' and updated_at < now() - interval '30 days'
      and not exists (select from document d where d.twin_id = document_version.twin_id and d.live_version_id = document_version.id)
      and not exists (select from chunk c where c.twin_id = document_version.twin_id and c.version_id = document_version.id)`,
    isLong: true,
  },
  visitorConversations: {
    table: 'conversation',
    key: ['id'],
    expired: sql`visitor_id is not null and updated_at < now() - ${visitorsKept}`,
    isLong: true,
  },
  endedShareLinks: {
    table: 'share_link',
    key: ['id'],
    expired: sql`least(revoked_at, expires_at) < now() - ${visitorsKept}`,
    isLong: true,
  },
  sessions: { table: 'auth_session', key: ['id'], expired: sql`"expiresAt" < now()`, ofTwin: false },
  verifications: { table: 'auth_verification', key: ['id'], expired: sql`"expiresAt" < now()`, ofTwin: false },
} satisfies Record<string, Task | OwnTask>;

export type ExpiredRowCounts = Record<keyof typeof tasks, number>;

/** Some tasks of a clean-up failed; `counts` says what all of them deleted. The others were done, if the database was there. */
export class CleanupError extends AggregateError {
  override readonly name = 'CleanupError';
  readonly counts: ExpiredRowCounts;
  readonly failures: readonly { task: string; error: unknown }[];

  constructor(counts: ExpiredRowCounts, failures: CleanupError['failures']) {
    const errors = failures.map(({ error }) => error);
    super(errors, `Could not clean up ${failures.map(({ task }) => task).join(', ')}`);
    this.counts = counts;
    this.failures = failures;
  }
}

/**
 * Deletes what has expired and what unfinished work left behind, in batches that each stand alone, and says how many rows
 * each task deleted. Several processes may do so at once; a killed one loses nothing that was deleted.
 *
 * @throws CleanupError after the other tasks, when one has failed; at once when the database cannot be reached, which each of
 * them would wait for in turn.
 */
export async function cleanupExpiredEntries(db: Db, scope: TwinScope): Promise<ExpiredRowCounts> {
  const counts = new Map(Object.keys(tasks).map((name) => [name, 0]));
  const failures: { task: string; error: unknown }[] = [];
  for (const [name, task] of Object.entries<Task | OwnTask>(tasks)) {
    try {
      for (;;) {
        const deleted = await deleteBatch(db, scope, task);
        counts.set(name, (counts.get(name) ?? 0) + deleted);
        if (deleted < batchRows) break;
      }
    } catch (error) {
      failures.push({ task: name, error });
      if (isDatabaseUnavailable(error)) break;
    }
  }
  const deleted = Object.fromEntries(counts) as ExpiredRowCounts;
  if (failures.length > 0) throw new CleanupError(deleted, failures);
  return deleted;
}

async function deleteBatch(db: Db, scope: TwinScope, task: Task | OwnTask): Promise<number> {
  const statement = typeof task === 'function' ? task(scope) : deleteExpired(scope, task);
  const { numAffectedRows } =
    typeof task === 'function' || task.isLong === undefined
      ? await statement.execute(db)
      : await db.transaction().execute(async (tx) => {
          await liftStatementBoundOf(tx);
          return await statement.execute(tx);
        });
  return Number(numAffectedRows ?? 0);
}

function deleteExpired(scope: TwinScope, { table, key, expired, ofTwin }: Task): RawBuilder<unknown> {
  const owned = ofTwin === false ? sql`true` : sql`twin_id = ${scope.twinId}`;
  const names = sql.join(key.map((name) => sql.ref(name)));
  return sql`
    delete from ${sql.table(table)} where ${owned} and (${names}) in (
      select ${names} from ${sql.table(table)} where ${owned} and ${expired} limit ${sql.lit(batchRows)}
    ) and ${expired}`;
}
