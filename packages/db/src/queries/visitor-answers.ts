import { sql } from 'kysely';
import type { Tx } from '../db.ts';
import type { TwinScope } from '../scope.ts';

/**
 * How many answers are being written to a visitor, and to all of them together. Until this transaction ends, no other counts
 * them: what it stores is seen by whoever counts next. An answer whose writer has not been heard of for `staleMs` is none.
 */
export async function countRunningVisitorAnswers(
  tx: Tx,
  scope: TwinScope,
  visitorId: string,
  staleMs: number,
): Promise<{ own: number; all: number }> {
  await sql`select pg_advisory_xact_lock(hashtext('visitor answers'), ${scope.twinId})`.execute(tx);
  const { rows } = await sql<{ own: number; all: number }>`
    select count(*) filter (where c.visitor_id = ${visitorId})::integer as own, count(*)::integer as "all"
    from message m join conversation c on c.twin_id = m.twin_id and c.id = m.conversation_id
    where m.twin_id = ${scope.twinId} and m.state = 'running' and c.visitor_id is not null
      and m.heartbeat_at > clock_timestamp() - ${staleMs} * interval '1 millisecond'`.execute(tx);
  return rows[0] ?? { own: 0, all: 0 };
}
