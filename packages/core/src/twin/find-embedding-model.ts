import { findActiveEmbeddingModel } from '@twin/db/queries/embedding-models';
import type { Deps } from '../deps.ts';

export interface EmbeddingModelView {
  provider: string;
  name: string;
  dimensions: number;
}

/** The model whose vectors answer searches; before the first document, the one that will. */
export async function findEmbeddingModel({ db, embedder }: Deps): Promise<EmbeddingModelView | null> {
  const active = await findActiveEmbeddingModel(db);
  if (active) return { provider: active.provider, name: active.name, dimensions: active.dimensions };
  const { provider, modelName: name, dimensions } = embedder;
  return dimensions === undefined ? null : { provider, name, dimensions };
}
