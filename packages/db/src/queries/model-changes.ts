import { type Selectable, sql } from 'kysely';
import type { Db, Tx } from '../db.ts';
import type { ModelChangeKind, ModelChangeState, ModelChangeTable } from '../model-change-table.ts';
import type { TwinScope } from '../scope.ts';

export type ModelChangeRow = Selectable<ModelChangeTable>;

const underWay = ['queued', 'running'] as const satisfies ModelChangeState[];

/** A change at state `queued`; undefined while another one is under way. */
export async function insertModelChange(
  tx: Tx,
  scope: TwinScope,
  { kind, model }: { kind: ModelChangeKind; model: string },
): Promise<ModelChangeRow | undefined> {
  return await tx
    .insertInto('model_change')
    .values({ twin_id: scope.twinId, kind, model, state: 'queued' })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
}

export async function findModelChange(db: Db, scope: TwinScope, id: string): Promise<ModelChangeRow | undefined> {
  return await selectChanges(db, scope).where('id', '=', id).executeTakeFirst();
}

/** The one under way, or the last that was. */
export async function findLastModelChange(db: Db, scope: TwinScope): Promise<ModelChangeRow | undefined> {
  return await selectChanges(db, scope).orderBy('created_at', 'desc').limit(1).executeTakeFirst();
}

export async function listUnfinishedModelChangeIds(db: Db, scope: TwinScope): Promise<string[]> {
  return (await selectChanges(db, scope).where('state', 'in', underWay).execute()).map(({ id }) => id);
}

/** Counts what was embedded since, and moves a change under way on; false when it is over already. */
export async function updateModelChange(
  db: Db,
  scope: TwinScope,
  id: string,
  { state, embedded = 0, error = null }: { state: ModelChangeState; embedded?: number; error?: string | null },
): Promise<boolean> {
  const isOver = state !== 'queued' && state !== 'running';
  const { numUpdatedRows } = await db
    .updateTable('model_change')
    .set({ state, error, embedded: sql`embedded + ${embedded}`, finished_at: isOver ? sql<Date>`now()` : null })
    .where('twin_id', '=', scope.twinId)
    .where('id', '=', id)
    .where('state', 'in', underWay)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

function selectChanges(db: Db, scope: TwinScope) {
  return db.selectFrom('model_change').selectAll().where('twin_id', '=', scope.twinId);
}
