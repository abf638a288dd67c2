import { sql } from 'kysely';
import type { Db } from '../db.ts';
import type { TwinScope } from '../scope.ts';

export interface TurnEventRow {
  sequence: number;
  event: unknown;
}

/**
 * Appends to the log of a running answer, in one statement. The lock on the message makes this and the end of the
 * answer exclude each other, so nothing follows the last event. A batch may be sent again when its fate is unknown.
 *
 * @returns false, with nothing appended, when the answer is no longer running.
 */
export async function appendTurnEvents(
  db: Db,
  scope: TwinScope,
  messageId: string,
  events: readonly TurnEventRow[],
): Promise<boolean> {
  const { rows } = await sql`
    with running as materialized (
      select twin_id, id from message
      where twin_id = ${scope.twinId} and id = ${messageId} and state = 'running'
      for share
    ),
    appended as (
      insert into turn_event (twin_id, message_id, sequence, event)
      select running.twin_id, running.id, given.sequence, given.event
      from running, jsonb_to_recordset(cast(${JSON.stringify(events)} as jsonb)) as given (sequence integer, event jsonb)
      on conflict (twin_id, message_id, sequence) do nothing
    )
    select from running`.execute(db);
  return rows.length > 0;
}

/** In order, after `afterSequence`. */
export async function listTurnEvents(
  db: Db,
  scope: TwinScope,
  messageId: string,
  { afterSequence, limit }: { afterSequence: number; limit: number },
): Promise<TurnEventRow[]> {
  return await db
    .selectFrom('turn_event')
    .select(['sequence', 'event'])
    .where('twin_id', '=', scope.twinId)
    .where('message_id', '=', messageId)
    .where('sequence', '>', afterSequence)
    .orderBy('sequence')
    .limit(limit)
    .execute();
}
