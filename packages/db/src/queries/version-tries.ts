import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../db.ts';
import type { IngestionStage } from '../schema.ts';
import type { TwinScope } from '../scope.ts';
import { namedByText } from '../server/name-statements.ts';
import { isOfDocument, type UnfinishedStage, unfinishedStages, type VersionRow } from './versions.ts';

/**
 * What a version that has come further starts its next stage with, the one under way being its first attempt: whoever
 * makes progress neither crashes nor waits.
 */
export const progressed = {
  attempts: 1,
  crashes: 0,
  waited_ms: 0,
  waited_at: null,
  error_code: null,
  error_message: null,
};

/** Takes an unfinished version up: one more attempt at its stage, which is `reading` when it was only queued. */
export async function claimVersion(db: Db, scope: TwinScope, id: number): Promise<VersionRow | undefined> {
  return await db
    .updateTable('document_version')
    .set({
      stage: sql<IngestionStage>`case stage when 'queued' then 'reading' else stage end`,
      attempts: sql<number>`attempts + 1`,
      started_at: sql<Date>`coalesce(started_at, now())`,
      updated_at: sql<Date>`now()`,
      ...pagesAt(sql`stage`),
    })
    .where('twin_id', '=', scope.twinId)
    .where('id', '=', id)
    .where('stage', 'in', unfinishedStages)
    .where(isOfDocument(scope))
    .returningAll()
    .modifyEnd(namedByText)
    .executeTakeFirst();
}

/** Takes back the attempt that `claimVersion` counted: what went wrong was not the document's doing. */
export async function releaseVersion(db: Db, scope: TwinScope, id: number): Promise<void> {
  await db
    .updateTable('document_version')
    .set({ attempts: sql<number>`greatest(attempts - 1, 0)`, updated_at: sql<Date>`now()` })
    .where('twin_id', '=', scope.twinId)
    .where('id', '=', id)
    .where('stage', 'in', unfinishedStages)
    .execute();
}

/** Puts a failed or canceled version back where it failed, with fresh attempts. False when it is at another stage. */
export async function resumeVersion(db: Db, scope: TwinScope, id: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('document_version')
    .set({
      ...progressed,
      stage: sql<IngestionStage>`coalesce(failed_stage, 'queued')`,
      failed_stage: null,
      attempts: 0,
      started_at: null,
      finished_at: null,
      updated_at: sql<Date>`now()`,
      ...pagesAt(sql`coalesce(failed_stage, 'queued')`),
    })
    .where('twin_id', '=', scope.twinId)
    .where('id', '=', id)
    .where('stage', 'in', ['failed', 'canceled'])
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** A reading starts at the first page, however far an earlier one had come. */
function pagesAt(stage: RawBuilder<unknown>) {
  const readAnew: readonly UnfinishedStage[] = ['queued', 'reading'];
  const unlessAnew = (count: 'pages_read' | 'pictures_recognised' | 'pictures_to_recognise') =>
    sql<number>`case when ${stage} = any (${[...readAnew]}::text[]) then 0 else ${sql.ref(count)} end`;
  return {
    pages_read: unlessAnew('pages_read'),
    pictures_recognised: unlessAnew('pictures_recognised'),
    pictures_to_recognise: unlessAnew('pictures_to_recognise'),
  };
}
