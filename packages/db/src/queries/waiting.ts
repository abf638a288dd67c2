import { sql } from 'kysely';
import type { Db } from '../db.ts';
import type { TwinScope } from '../scope.ts';
import { unfinishedStages } from './versions.ts';

export interface WaitingIngestions {
  count: number;
  /** What one of them met last. */
  message: string;
}

/** Ingestions that something outside the document holds up, and that go on by themselves when it has passed. */
export async function findWaitingIngestions(db: Db, scope: TwinScope): Promise<WaitingIngestions | undefined> {
  const { rows } = await sql<WaitingIngestions>`
    select count(*) as count, (array_agg(v.error_message order by v.updated_at desc))[1] as message
    from document_version v
    join document d on d.twin_id = v.twin_id and d.id = v.document_id and d.deleted_at is null
    where v.twin_id = ${scope.twinId} and v.stage = any (${[...unfinishedStages]}::text[]) and v.error_message is not null
    having count(*) > 0`.execute(db);
  return rows[0];
}
