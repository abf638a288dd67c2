import { findActiveEmbeddingModel } from '@twin/db/queries/embedding-models';
import { findLastModelChange } from '@twin/db/queries/model-changes';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import { isModelOf } from './active-embedder.ts';
import { startModelChange } from './model-changes.ts';

/**
 * Begins the change to the built-in model of this release where that of another release answers. That one is not here any
 * more, so words alone find passages until the change is through, and it costs nothing: there is nothing to ask the owner, who may cancel it.
 */
export async function replaceShippedModel(deps: Deps, scope: TwinScope): Promise<void> {
  const active = await findActiveEmbeddingModel(deps.db);
  const isShipped = active?.provider === 'builtin' && deps.embedder.provider === 'builtin';
  if (!isShipped || isModelOf(active, deps.embedder)) return;
  const last = await findLastModelChange(deps.db, scope);
  if (last?.state === 'canceled' && last.model === deps.embedder.modelName) return;
  try {
    await startModelChange(deps, scope, 'switch');
  } catch (error) {
    // Begun already: by another process that has started, or before this one was started again.
    if (!(error instanceof AppError && error.code === 'conflict')) throw error;
  }
}
