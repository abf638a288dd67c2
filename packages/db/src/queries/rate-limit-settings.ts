import { sql } from 'kysely';
import type { Db } from '../db.ts';
import type { RateLimitAlgorithm } from '../schema.ts';
import type { TwinScope } from '../scope.ts';

export interface RateLimitSetting {
  policy: string;
  limit: number;
  windowSeconds: number;
  algorithm: RateLimitAlgorithm;
}

export interface RateLimitSettings {
  /** Grows with every change of a setting and with every bucket that is filled by hand. */
  version: number;
  settings: RateLimitSetting[];
}

/** What the owner set, and a number that tells whether anything has changed since the last look. */
export async function findRateLimitSettings(db: Db, scope: TwinScope): Promise<RateLimitSettings> {
  const { rows } = await sql<Omit<RateLimitSetting, 'policy'> & { version: number; policy: string | null }>`
    select t.limits_version as version,
      s.policy, s.call_limit as "limit", s.window_seconds as "windowSeconds", s.algorithm
    from twin t
    left join rate_limit_setting s on s.twin_id = t.id
    where t.id = ${scope.twinId}`.execute(db);
  return {
    version: rows[0]?.version ?? 0,
    settings: rows.flatMap(({ policy, limit, windowSeconds, algorithm }) =>
      policy === null ? [] : [{ policy, limit, windowSeconds, algorithm }],
    ),
  };
}

/** Sets how a policy counts, and the version that tells the other processes: both or neither. */
export async function upsertRateLimitSetting(
  db: Db,
  scope: TwinScope,
  { policy, limit, windowSeconds, algorithm }: RateLimitSetting,
): Promise<void> {
  await sql`
    with setting as (
      insert into rate_limit_setting (twin_id, policy, call_limit, window_seconds, algorithm)
      values (${scope.twinId}, ${policy}, ${limit}, ${windowSeconds}, ${algorithm})
      on conflict (twin_id, policy) do update
        set call_limit = excluded.call_limit, window_seconds = excluded.window_seconds, algorithm = excluded.algorithm
    )
    update twin set limits_version = limits_version + 1 where id = ${scope.twinId}`.execute(db);
}

/** Gives a policy its own numbers back. */
export async function deleteRateLimitSetting(db: Db, scope: TwinScope, policy: string): Promise<void> {
  await sql`
    with setting as (delete from rate_limit_setting where twin_id = ${scope.twinId} and policy = ${policy})
    update twin set limits_version = limits_version + 1 where id = ${scope.twinId}`.execute(db);
}
