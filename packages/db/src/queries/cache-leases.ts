import { sql } from 'kysely';
import type { Db } from '../db.ts';
import type { TwinScope } from '../scope.ts';
import { namedStatement } from '../server/name-statements.ts';

/** Says that `holder` computes what is to be kept under `key`, for `leaseSeconds` from now on. False while another one does. */
export async function takeCacheLease(
  db: Db,
  scope: TwinScope,
  { key, holder, leaseSeconds }: { key: string; holder: string; leaseSeconds: number },
): Promise<boolean> {
  const { rows } = await sql`${namedStatement('take-cache-lease')}
    insert into cache_lease as l (twin_id, key, holder, expires_at)
    values (${scope.twinId}, ${key}, ${holder}, clock_timestamp() + make_interval(secs => ${leaseSeconds}))
    on conflict (twin_id, key) do update set holder = excluded.holder, expires_at = excluded.expires_at
    where l.expires_at <= clock_timestamp()
    returning key`.execute(db);
  return rows.length > 0;
}

/** Lets a lease go on for `leaseSeconds` from now. One that has ended stays so, however late this comes. */
export async function renewCacheLease(
  db: Db,
  scope: TwinScope,
  { key, holder, leaseSeconds }: { key: string; holder: string; leaseSeconds: number },
): Promise<void> {
  await sql`${namedStatement('renew-cache-lease')}
    update cache_lease set expires_at = clock_timestamp() + make_interval(secs => ${leaseSeconds})
    where twin_id = ${scope.twinId} and key = ${key} and holder = ${holder}`.execute(db);
}

/** Ends the holder's lease; another one's, taken after this one ran out, stays. */
export async function deleteCacheLease(
  db: Db,
  scope: TwinScope,
  { key, holder }: { key: string; holder: string },
): Promise<void> {
  await sql`${namedStatement('delete-cache-lease')}
    delete from cache_lease where twin_id = ${scope.twinId} and key = ${key} and holder = ${holder}`.execute(db);
}
