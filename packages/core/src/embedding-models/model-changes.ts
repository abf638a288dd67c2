import { findActiveEmbeddingModel, findLastRetiredEmbeddingModel } from '@twin/db/queries/embedding-models';
import {
  findLastModelChange,
  findModelChange,
  insertModelChange,
  lockModelChange,
  type ModelChangeRow,
  updateModelChange,
} from '@twin/db/queries/model-changes';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import { isModelOf } from './active-embedder.ts';
import { listModels, type ModelStanding } from './list-models.ts';

export interface ModelChange {
  id: string;
  kind: 'switch' | 'rollback';
  /** The name of the model that is to answer. */
  model: string;
  state: 'queued' | 'running' | 'done' | 'failed' | 'canceled';
  /** Passages embedded for it so far. */
  embedded: number;
  error: string | null;
  /** What to know of a change that went through. */
  note: string | null;
  createdAt: string;
  finishedAt: string | null;
}

export interface EmbeddingModelOverview {
  models: ModelStanding[];
  /** The configured model's name. */
  configured: string;
  /** What a change would lead to; null where there is nothing to change to. */
  switchTo: string | null;
  rollBackTo: string | null;
  /** The one under way, or the last that was. */
  change: ModelChange | null;
}

export async function getEmbeddingModels(deps: Deps, scope: TwinScope): Promise<EmbeddingModelOverview> {
  const [models, change, switchTo, rollBackTo] = await Promise.all([
    listModels(deps, scope),
    findLastModelChange(deps.db, scope),
    findTarget(deps, 'switch'),
    findTarget(deps, 'rollback'),
  ]);
  const configured = deps.embedder.modelName;
  return { models, configured, switchTo, rollBackTo, change: change === undefined ? null : toModelChange(change) };
}

/**
 * Records that another model is to answer, and queues the work, in one transaction: `switch` leads to the configured model,
 * `rollback` to the one that answered before. Answers go on meanwhile.
 *
 * @throws AppError `conflict` when there is nothing to change to, or a change is under way.
 */
export async function startModelChange(deps: Deps, scope: TwinScope, kind: ModelChange['kind']): Promise<ModelChange> {
  const model = await findTarget(deps, kind);
  if (model === null) {
    const message =
      kind === 'switch'
        ? `“${deps.embedder.modelName}” answers already. Set EMBEDDING_MODEL to another one and start again to change it.`
        : 'No other embedding model has answered before.';
    throw new AppError('conflict', message);
  }
  return await deps.db.transaction().execute(async (tx) => {
    const change = await insertModelChange(tx, scope, { kind, model });
    if (change === undefined) throw new AppError('conflict', 'The embedding model is being changed already.');
    await deps.jobs.enqueueModelChange(tx, scope, change.id);
    return toModelChange(change);
  });
}

/**
 * The batch under way is finished; what is embedded is kept for a later change. Once the new model answers, it is too late.
 * @throws AppError `not-found`, `conflict`.
 */
export async function cancelModelChange(deps: Deps, scope: TwinScope, id: string): Promise<ModelChange> {
  return await deps.db.transaction().execute(async (tx) => {
    const isUnderWay = await lockModelChange(tx, scope, id);
    const change = await findModelChange(tx, scope, id);
    if (change === undefined) throw new AppError('not-found', 'This change of the embedding model does not exist.');
    const active = await findActiveEmbeddingModel(tx);
    const isSwitched =
      change.kind === 'switch' && deps.embedder.modelName === change.model
        ? active !== undefined && isModelOf(active, deps.embedder)
        : active?.name === change.model;
    if (!isUnderWay || isSwitched) {
      throw new AppError('conflict', 'This change of the embedding model is over already.');
    }
    await updateModelChange(tx, scope, id, { state: 'canceled' });
    return toModelChange({ ...change, state: 'canceled', finished_at: new Date(deps.clock.now()) });
  });
}

async function findTarget(deps: Deps, kind: ModelChange['kind']): Promise<string | null> {
  if (kind === 'rollback') return (await findLastRetiredEmbeddingModel(deps.db))?.name ?? null;
  const active = await findActiveEmbeddingModel(deps.db);
  return active === undefined || isModelOf(active, deps.embedder) ? null : deps.embedder.modelName;
}

function toModelChange(row: ModelChangeRow): ModelChange {
  return {
    id: row.id,
    kind: row.kind,
    model: row.model,
    state: row.state,
    embedded: row.embedded,
    error: row.error,
    note: row.note,
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
}
