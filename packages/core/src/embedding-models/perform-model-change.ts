import { findModelChange, updateModelChange } from '@twin/db/queries/model-changes';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import { rollBackEmbeddingModel } from './roll-back-embedding-model.ts';
import { switchEmbeddingModel } from './switch-embedding-model.ts';

/**
 * Takes a change of the embedding model from where it stands to its end: `queued` → `running` → `done`. Each batch is kept,
 * so a process killed at any line costs one batch. A change that was canceled stays so, and stops within one batch.
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
  try {
    if (change.kind === 'switch') await switchEmbeddingModel(deps, scope, deps.embedder, { signal, onProgress });
    else await rollBackEmbeddingModel(deps, scope, { signal, onProgress });
    await updateModelChange(deps.db, scope, id, { state: 'done' });
  } catch (error) {
    if (canceled.signal.aborted) return;
    if (stopping.aborted || !isFinal(error)) throw error;
    await updateModelChange(deps.db, scope, id, { state: 'failed', error: error.message });
  }
}

/** What asking again cannot heal. */
function isFinal(error: unknown): error is AppError {
  return error instanceof AppError && ['conflict', 'model-refused', 'invalid-input'].includes(error.code);
}
