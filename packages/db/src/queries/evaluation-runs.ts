import { type Selectable, sql } from 'kysely';
import type { Db, Tx } from '../db.ts';
import type { EvaluationResultTable, EvaluationRunTable, EvaluationState } from '../evaluation-tables.ts';
import type { TwinScope } from '../scope.ts';

export type EvaluationRunRow = Selectable<EvaluationRunTable> & {
  question_count: number;
  questions_done: number;
};
export type EvaluationResultRow = Pick<Selectable<EvaluationResultTable>, 'ordinal' | 'question' | 'result'>;

/** A run at state `queued` that keeps the questions as they are now. */
export async function insertEvaluationRun(
  tx: Tx,
  scope: TwinScope,
  { settings, hash, questions }: { settings: unknown; hash: string; questions: readonly unknown[] },
): Promise<string> {
  const { id } = await tx
    .insertInto('evaluation_run')
    .values({ twin_id: scope.twinId, state: 'queued', settings: JSON.stringify(settings), hash })
    .returning('id')
    .executeTakeFirstOrThrow();
  await sql`
    insert into evaluation_result (twin_id, run_id, ordinal, question)
    select ${scope.twinId}, ${id}, position - 1, question
    from jsonb_array_elements(cast(${JSON.stringify(questions)} as jsonb)) with ordinality as given (question, position)
  `.execute(tx);
  return id;
}

/** Newest first. */
export async function listEvaluationRuns(db: Db, scope: TwinScope, limit: number): Promise<EvaluationRunRow[]> {
  return await selectRuns(db, scope).orderBy('created_at', 'desc').orderBy('id').limit(limit).execute();
}

export async function findEvaluationRun(db: Db, scope: TwinScope, id: string): Promise<EvaluationRunRow | undefined> {
  return await selectRuns(db, scope).where('id', '=', id).executeTakeFirst();
}

export async function listUnfinishedRunIds(db: Db, scope: TwinScope): Promise<string[]> {
  const rows = await db
    .selectFrom('evaluation_run')
    .select('id')
    .where('twin_id', '=', scope.twinId)
    .where('state', 'in', ['queued', 'running'])
    .execute();
  return rows.map(({ id }) => id);
}

/** Moves a run on from one of the given states; false when it is at none of them any more. */
export async function updateEvaluationRun(
  db: Db,
  scope: TwinScope,
  id: string,
  from: readonly EvaluationState[],
  { state, measures, error = null }: { state: EvaluationState; measures?: unknown; error?: string | null },
): Promise<boolean> {
  const isOver = state !== 'queued' && state !== 'running';
  const { numUpdatedRows } = await db
    .updateTable('evaluation_run')
    .set({
      state,
      error,
      ...(measures === undefined ? {} : { measures: JSON.stringify(measures) }),
      finished_at: isOver ? sql<Date>`now()` : null,
    })
    .where('twin_id', '=', scope.twinId)
    .where('id', '=', id)
    .where('state', 'in', from)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** In the order of asking. */
export async function listEvaluationResults(db: Db, scope: TwinScope, runId: string): Promise<EvaluationResultRow[]> {
  return await selectResults(db, scope, runId).execute();
}

/** The first question of a run that has not been asked. */
export async function findNextQuestion(
  db: Db,
  scope: TwinScope,
  runId: string,
): Promise<EvaluationResultRow | undefined> {
  return await selectResults(db, scope, runId).where('result', 'is', null).limit(1).executeTakeFirst();
}

export async function updateEvaluationResult(
  db: Db,
  scope: TwinScope,
  runId: string,
  { ordinal, result }: { ordinal: number; result: unknown },
): Promise<void> {
  await db
    .updateTable('evaluation_result')
    .set({ result: JSON.stringify(result) })
    .where('twin_id', '=', scope.twinId)
    .where('run_id', '=', runId)
    .where('ordinal', '=', ordinal)
    .execute();
}

function selectRuns(db: Db, scope: TwinScope) {
  return db
    .selectFrom('evaluation_run')
    .selectAll()
    .select((run) => {
      const results = run
        .selectFrom('evaluation_result')
        .whereRef('evaluation_result.twin_id', '=', 'evaluation_run.twin_id')
        .whereRef('evaluation_result.run_id', '=', 'evaluation_run.id');
      return [
        results
          .select((result) => result.fn.countAll<number>().as('count'))
          .$asScalar()
          .$notNull()
          .as('question_count'),
        results
          .select((result) => result.fn.count<number>('result').as('count'))
          .$asScalar()
          .$notNull()
          .as('questions_done'),
      ];
    })
    .where('twin_id', '=', scope.twinId);
}

function selectResults(db: Db, scope: TwinScope, runId: string) {
  return db
    .selectFrom('evaluation_result')
    .select(['ordinal', 'question', 'result'])
    .where('twin_id', '=', scope.twinId)
    .where('run_id', '=', runId)
    .orderBy('ordinal');
}
