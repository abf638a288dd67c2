import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../db.ts';
import type { TwinScope } from '../scope.ts';
import { namedStatement } from '../server/name-statements.ts';

export interface RateWindow {
  key: string;
  /** Calls a window holds, at least 1. */
  limit: number;
  windowSeconds: number;
}

export interface RateLimitTaken {
  /** Whether a call was granted. */
  allowed: boolean;
  granted: number;
  limit: number;
  /** Calls left in this window. */
  remaining: number;
  /** Until the window ends and the count starts anew. */
  resetMs: number;
}

/**
 * Counts a call, or up to `count` of them, against a fixed window that opens with the first call. Exact for any number of
 * processes: the database counts, on its own clock, under the row's lock, and all in one statement. `granted` of the calls
 * fit; a refused call is not counted and writes nothing.
 *
 * A window that would end more than a minute later than one opened now (the clock was set back, or the policy was
 * shortened) is opened anew.
 */
export async function checkRateLimit(
  db: Db,
  scope: TwinScope,
  { key, limit, windowSeconds, count = 1 }: RateWindow & { count?: number },
): Promise<RateLimitTaken> {
  const first = sql`${Math.min(count, limit)}::integer`;
  // The time is read once, into the proposed row: `excluded.expires_at` is one window from now.
  const { rows } = await sql<{ granted: number; count: number; resetMs: number }>`${namedStatement('check-rate-limit')}
    with clock as (select statement_timestamp() at time zone 'utc' as now),
    taken as (
      insert into rate_limits as r (twin_id, key, count, granted, expires_at)
      select ${scope.twinId}::integer, ${key}, ${first}, ${first}, clock.now + make_interval(secs => ${windowSeconds})
      from clock
      on conflict (twin_id, key) do update set
        count = case when ${isOver(windowSeconds)} then ${first} else least(r.count + ${first}, ${limit}) end,
        granted = case when ${isOver(windowSeconds)} then ${first} else least(${first}, ${limit} - r.count) end,
        expires_at = case when ${isOver(windowSeconds)} then excluded.expires_at else r.expires_at end
      where ${isOver(windowSeconds)} or r.count < ${limit}
      returning granted, count, expires_at
    ),
    seen as (
      select granted, count, expires_at from taken
      union all
      select 0, count, expires_at from rate_limits
      where twin_id = ${scope.twinId} and key = ${key} and not exists (select from taken)
    )
    select granted, count, ceil(extract(epoch from expires_at - clock.now) * 1000)::float8 as "resetMs"
    from seen, clock`.execute(db);
  const windowMs = windowSeconds * 1000;
  const [seen] = rows;
  if (seen !== undefined && seen.granted > 0) {
    const resetMs = Math.min(seen.resetMs, windowMs);
    return { allowed: true, granted: seen.granted, limit, remaining: limit - seen.count, resetMs };
  }
  // Refused. A row that another call wrote a moment ago may not be visible yet: then a whole window is the safe answer.
  const resetMs = seen !== undefined && seen.resetMs > 0 ? seen.resetMs : windowMs;
  return { allowed: false, granted: 0, limit, remaining: 0, resetMs: Math.min(resetMs, windowMs) };
}

/**
 * Whether the window of the row `r` is over, as the proposed row's time sees it. That time is of before the wait for the
 * row's lock: a window opened meanwhile ends a little later than it expects, and is not one from before a clock was set
 * back. No statement waits a minute.
 */
function isOver(windowSeconds: number): RawBuilder<boolean> {
  const now = sql`(excluded.expires_at - make_interval(secs => ${windowSeconds}))`;
  return sql<boolean>`(r.expires_at <= ${now} or r.expires_at > excluded.expires_at + interval '1 minute')`;
}

/** Calls counted in the window that is open now; 0 when none is. */
export async function getRateLimitCount(db: Db, scope: TwinScope, key: string): Promise<number> {
  const row = await db
    .selectFrom('rate_limits')
    .select('count')
    .where('twin_id', '=', scope.twinId)
    .where('key', '=', key)
    .where('expires_at', '>', sql<Date>`statement_timestamp() at time zone 'utc'`)
    .executeTakeFirst();
  return row?.count ?? 0;
}

export interface RateWindowRow<Kind extends string> {
  key: string;
  kind: Kind;
  /** Calls counted in the window. */
  count: number;
  /** Until the window ends. */
  resetMs: number;
}

/** The open windows of these kinds, the ones of which the greatest share is used first. A key starts with its kind and a colon. */
export async function listRateWindows<Kind extends string>(
  db: Db,
  scope: TwinScope,
  kinds: readonly { name: Kind; limit: number }[],
  rowsMax = 200,
): Promise<RateWindowRow<Kind>[]> {
  const { rows } = await sql<RateWindowRow<Kind>>`
    with clock as materialized (select statement_timestamp() at time zone 'utc' as now)
    select key, kind.name as kind, count, ceil(extract(epoch from expires_at - now) * 1000)::float8 as "resetMs"
    from rate_limits
    cross join clock
    join unnest(${kinds.map(({ name }) => name)}::text[], ${kinds.map(({ limit }) => limit)}::float8[])
      as kind (name, call_limit) on kind.name = split_part(key, ':', 1)
    where twin_id = ${scope.twinId} and expires_at > now
    order by count / call_limit desc, key
    limit ${rowsMax}`.execute(db);
  return rows;
}

/** Forgets what was counted for a key. False when nothing was. */
export async function resetRateLimit(db: Db, scope: TwinScope, key: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('rate_limits')
    .where('twin_id', '=', scope.twinId)
    .where('key', '=', key)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Forgets what was counted for all keys of a kind, as `resetRateLimit` does for one; returns them. */
export async function resetRateLimits(db: Db, scope: TwinScope, kind: string): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`
    delete from rate_limits where twin_id = ${scope.twinId} and split_part(key, ':', 1) = ${kind}
    returning key`.execute(db);
  return rows.map(({ key }) => key);
}
