import { type EmbeddingModel, findActiveEmbeddingModel } from '@twin/db/queries/embedding-models';
import type { Deps } from '../deps.ts';
import type { Embedder } from '../ports.ts';

/** The model that answers searches, and what embeds for it. */
export interface ActiveEmbedder {
  model: EmbeddingModel;
  embedder: Embedder;
}

/** The model that answers searches, with the embedder that speaks it; undefined while there is none that can be asked. */
export async function findActiveEmbedder(
  deps: Pick<Deps, 'db' | 'embedder' | 'otherEmbedder'>,
): Promise<ActiveEmbedder | undefined> {
  const model = await findActiveEmbeddingModel(deps.db);
  const embedder = model && embedderOf(deps, model);
  return embedder && { model, embedder };
}

/** What embeds for a model: the configured embedder, or another of the same provider; undefined where it cannot be asked. */
export function embedderOf(
  { embedder, otherEmbedder }: Pick<Deps, 'embedder' | 'otherEmbedder'>,
  model: EmbeddingModel,
): Embedder | undefined {
  return isModelOf(model, embedder) ? embedder : otherEmbedder?.(model);
}

export function isModelOf(model: EmbeddingModel, embedder: Embedder): boolean {
  const isSameWidth = embedder.dimensions === undefined || embedder.dimensions === model.dimensions;
  return model.provider === embedder.provider && model.name === embedder.modelName && isSameWidth;
}
