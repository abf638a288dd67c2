import type { MessageState } from '../chat-tables.ts';
import type { Db } from '../db.ts';
import type { IngestionStage } from '../schema.ts';
import type { TwinScope } from '../scope.ts';

/** How many document versions stand at each stage; stages without any are left out. */
export async function countVersionsByStage(
  db: Db,
  scope: TwinScope,
): Promise<{ stage: IngestionStage; count: number }[]> {
  return await db
    .selectFrom('document_version')
    .select(({ fn }) => ['stage', fn.countAll<number>().as('count')])
    .where('twin_id', '=', scope.twinId)
    .groupBy('stage')
    .execute();
}

/** How many answers are in each state; states without any are left out. */
export async function countAnswersByState(db: Db, scope: TwinScope): Promise<{ state: MessageState; count: number }[]> {
  return await db
    .selectFrom('message')
    .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
    .where('twin_id', '=', scope.twinId)
    .where('role', '=', 'assistant')
    .groupBy('state')
    .execute();
}
