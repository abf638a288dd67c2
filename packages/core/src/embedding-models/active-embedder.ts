import { type EmbeddingModel, findActiveEmbeddingModel } from '@twin/db/queries/embedding-models';
import type { Deps } from '../deps.ts';
import type { Embedder } from '../ports.ts';

/** Deps whose embedder is that of the model that answers searches, where it can still be asked; else as they are. */
export async function withActiveEmbedder(deps: Deps): Promise<Deps> {
  const active = await findActiveEmbeddingModel(deps.db);
  const embedder = active && embedderOf(deps, active);
  return embedder === undefined || embedder === deps.embedder ? deps : { ...deps, embedder };
}

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
