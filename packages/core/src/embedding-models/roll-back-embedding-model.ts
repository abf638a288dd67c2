import { findLastRetiredEmbeddingModel } from '@twin/db/queries/embedding-models';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import { embedderOf } from './active-embedder.ts';
import { type ModelSwitchOptions, switchEmbeddingModel } from './switch-embedding-model.ts';

/**
 * Goes back to the model that answered before the present one, whose vectors were kept: only what came in since is embedded,
 * and nothing is compared. @returns its name.
 *
 * @throws AppError `conflict` when there is none, or it can no longer be asked.
 */
export async function rollBackEmbeddingModel(
  deps: Deps,
  scope: TwinScope,
  options: ModelSwitchOptions,
): Promise<string> {
  const previous = await findLastRetiredEmbeddingModel(deps.db);
  if (previous === undefined) throw new AppError('conflict', 'No other embedding model has answered before.');
  const embedder = embedderOf(deps, previous);
  if (embedder === undefined) {
    const wanted =
      previous.provider === 'transformer'
        ? 'EMBEDDING_FOLDER to its folder'
        : 'OPENAI_BASE_URL or OPENAI_API_KEY to the provider that serves it';
    const message = `“${previous.name}” cannot be asked any more: set ${wanted}.`;
    throw new AppError('conflict', message, { reason: 'model-unavailable' });
  }
  await switchEmbeddingModel(deps, scope, embedder, { ...options, isTrusted: true });
  return previous.name;
}
