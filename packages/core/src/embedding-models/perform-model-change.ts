import type { Tx } from '@twin/db/db';
import { findActiveEmbeddingModel } from '@twin/db/queries/embedding-models';
import {
  findModelChange,
  lockModelChange,
  type ModelChangeRow,
  updateModelChange,
} from '@twin/db/queries/model-changes';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import { rollBackEmbeddingModel } from './roll-back-embedding-model.ts';
import { type ModelSwitchOptions, switchEmbeddingModel } from './switch-embedding-model.ts';

/**
 * Takes a change of the embedding model from where it stands to its end: `queued` → `running` → `done`. Each batch is kept,
 * so a process killed at any line costs one batch. A change that was canceled stays so, stops within one batch,
 * and never switches.
 *
 * @throws what may pass (the model is away, the process stops), for the queue to try again. Anything else ends the change
 * as `failed`, with its reason; the old model goes on answering.
 */
export async function performModelChange(
  deps: Deps,
  scope: TwinScope,
  id: string,
  stopping: AbortSignal,
): Promise<void> {
  const change = await findModelChange(deps.db, scope, id);
  if (change === undefined || !(await updateModelChange(deps.db, scope, id, { state: 'running' }))) return;
  const canceled = new AbortController();
  const signal = AbortSignal.any([stopping, canceled.signal]);
  const onProgress = async (embedded: number) => {
    if (!(await updateModelChange(deps.db, scope, id, { state: 'running', embedded }))) canceled.abort();
  };
  const maySwitch = async (tx: Tx) => {
    const isUnderWay = await lockModelChange(tx, scope, id);
    if (!isUnderWay) canceled.abort();
    return isUnderWay;
  };
  const onUncompared = async (reason: string) => {
    const note = `Changed without a comparison, since the model before could not be asked: ${reason}`;
    await updateModelChange(deps.db, scope, id, { state: 'running', note });
  };
  try {
    await changeTo(deps, scope, change, { signal, onProgress, onUncompared, maySwitch });
    await updateModelChange(deps.db, scope, id, { state: 'done' });
  } catch (error) {
    if (canceled.signal.aborted) return;
    if (stopping.aborted || !isFinal(error)) throw error;
    await updateModelChange(deps.db, scope, id, { state: 'failed', error: error.message });
  }
}

/**
 * To the model that the change was asked for, also when this is a later try: by then it may answer already, and what is
 * configured or answered before may be another one.
 */
async function changeTo(
  deps: Deps,
  scope: TwinScope,
  { kind, model }: ModelChangeRow,
  options: ModelSwitchOptions,
): Promise<void> {
  if (kind === 'rollback') {
    if ((await findActiveEmbeddingModel(deps.db))?.name !== model) await rollBackEmbeddingModel(deps, scope, options);
    return;
  }
  if (deps.embedder.modelName !== model) {
    const message = `“${deps.embedder.modelName}” is configured now, and not “${model}” any more. Start the change again.`;
    throw new AppError('conflict', message);
  }
  await switchEmbeddingModel(deps, scope, deps.embedder, options);
}

/** What asking again cannot heal. */
function isFinal(error: unknown): error is AppError {
  return error instanceof AppError && ['conflict', 'model-refused', 'invalid-input'].includes(error.code);
}
