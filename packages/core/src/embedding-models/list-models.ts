import { type EmbeddingModel, listEmbeddingModels } from '@twin/db/queries/embedding-models';
import { countShadowed } from '@twin/db/queries/shadow-embeddings';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';

export interface ModelStanding extends EmbeddingModel {
  /** Passages that can be found, and how many of them have a vector of this model. */
  chunks: number;
  shadowed: number;
}

/** Every model whose vectors are kept: the one that answers, one being filled, those that answered before. */
export async function listModels({ db }: Pick<Deps, 'db'>, scope: TwinScope): Promise<ModelStanding[]> {
  const standings: ModelStanding[] = [];
  for (const model of await listEmbeddingModels(db)) {
    standings.push({ ...model, ...(await countShadowed(db, scope, model.id)) });
  }
  return standings;
}
