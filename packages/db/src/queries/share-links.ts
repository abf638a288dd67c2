import { sql } from 'kysely';
import type { Db, Tx } from '../db.ts';
import type { TwinScope } from '../scope.ts';
import { namedStatement } from '../server/name-statements.ts';

export type ShareLinkState = 'open' | 'revoked' | 'expired';

export interface ShareLinkRow {
  id: string;
  name: string;
  createdAt: Date;
  expiresAt: Date | null;
  state: ShareLinkState;
  lastUsedAt: Date | null;
  /** Those whose conversations are kept. */
  visitors: number;
  /** In all, whatever has been deleted since. */
  questions: number;
  /** Since midnight UTC. */
  questionsToday: number;
}

const state = sql<ShareLinkState>`case when revoked_at is not null then 'revoked'
  when expires_at <= clock_timestamp() then 'expired' else 'open' end`;
const utcDay = sql`(now() at time zone 'utc')::date`;
const isOpen = sql`revoked_at is null and (expires_at is null or expires_at > clock_timestamp())`;

export async function insertShareLink(
  db: Db,
  scope: TwinScope,
  { name, tokenHash, expiresAt }: { name: string; tokenHash: string; expiresAt: Date | null },
): Promise<string> {
  const { id } = await db
    .insertInto('share_link')
    .values({ twin_id: scope.twinId, name, token_hash: tokenHash, expires_at: expiresAt })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** With what has been done by each, the newest first. */
export async function listShareLinks(db: Db, scope: TwinScope): Promise<ShareLinkRow[]> {
  const { rows } = await sql<ShareLinkRow>`
    select l.id, l.name, l.created_at as "createdAt", l.expires_at as "expiresAt", ${state} as state,
      l.last_used_at as "lastUsedAt",
      (select count(distinct visitor_id) from conversation c
        where c.twin_id = l.twin_id and c.share_link_id = l.id)::integer as visitors,
      l.questions, case when l.questions_day = ${utcDay} then l.questions_of_day else 0 end as "questionsToday"
    from share_link l
    where l.twin_id = ${scope.twinId}
    order by l.created_at desc, l.id`.execute(db);
  return rows;
}

/** The link whose token hashes to this, in whatever state. */
export async function findShareLinkByToken(
  db: Db,
  scope: TwinScope,
  tokenHash: string,
): Promise<{ id: string; state: ShareLinkState } | undefined> {
  return await db
    .selectFrom('share_link')
    .select(['id', state.as('state')])
    .where('twin_id', '=', scope.twinId)
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst();
}

/** Present while the link lets visitors in, with how long it will, by the database's clock; null for one without an end. */
export async function findOpenShareLink(
  db: Db,
  scope: TwinScope,
  id: string,
): Promise<{ expiresInMs: number | null } | undefined> {
  const { rows } = await sql<{ expiresInMs: number | null }>`${namedStatement('find-open-share-link')}
    select extract(epoch from expires_at - clock_timestamp())::float8 * 1000 as "expiresInMs"
    from share_link where twin_id = ${scope.twinId} and id = ${id} and ${isOpen}`.execute(db);
  return rows[0];
}

/** Counts a question asked through the link, if it lets visitors in; then nobody revokes it until this transaction ends. */
export async function countShareLinkQuestion(tx: Tx, scope: TwinScope, id: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update share_link set last_used_at = now(), questions = questions + 1, questions_day = ${utcDay},
      questions_of_day = case when questions_day = ${utcDay} then questions_of_day else 0 end + 1
    where twin_id = ${scope.twinId} and id = ${id} and ${isOpen}`.execute(tx);
  return numAffectedRows === 1n;
}

/** Notes that it was opened; to the minute, as anybody may open it again and again. */
export async function updateShareLinkUse(db: Db, scope: TwinScope, id: string): Promise<void> {
  await sql`
    update share_link set last_used_at = now()
    where twin_id = ${scope.twinId} and id = ${id}
      and (last_used_at is null or last_used_at < now() - interval '1 minute')`.execute(db);
}

/** False when there is none. One that was revoked before stays as it is. */
export async function revokeShareLink(db: Db, scope: TwinScope, id: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('share_link')
    .set(({ fn }) => ({ revoked_at: fn.coalesce('revoked_at', sql<Date>`now()`) }))
    .where('twin_id', '=', scope.twinId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Those that let visitors in. Until this transaction ends, no other counts them: what it makes is seen by whoever counts next. */
export async function countOpenShareLinks(tx: Tx, scope: TwinScope): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtext('share links'), ${scope.twinId})`.execute(tx);
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from share_link where twin_id = ${scope.twinId} and ${isOpen}`.execute(tx);
  return rows[0]?.count ?? 0;
}
