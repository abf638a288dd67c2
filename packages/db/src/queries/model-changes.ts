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

/** Whether a change is under way; until the transaction ends, nobody else moves it on. */
export async function lockModelChange(tx: Tx, scope: TwinScope, id: string): Promise<boolean> {
  const row = await selectChanges(tx, scope)
    .where('id', '=', id)
    .where('state', 'in', underWay)
    .forUpdate()
    .executeTakeFirst();
  return row !== undefined;
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
  {
    state,
    embedded = 0,
    error = null,
    note,
  }: { state: ModelChangeState; embedded?: number; error?: string | null; note?: string },
): Promise<boolean> {
  const isOver = state !== 'queued' && state !== 'running';
  const { numUpdatedRows } = await db
    .updateTable('model_change')
    .set({ state, error, embedded: sql`embedded + ${embedded}`, finished_at: isOver ? sql<Date>`now()` : null })
    .$if(note !== undefined, (update) => update.set({ note }))
    .where('twin_id', '=', scope.twinId)
    .where('id', '=', id)
    .where('state', 'in', underWay)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

function selectChanges(db: Db, scope: TwinScope) {
  return db.selectFrom('model_change').selectAll().where('twin_id', '=', scope.twinId);
}
