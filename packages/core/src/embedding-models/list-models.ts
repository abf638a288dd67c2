import { type EmbeddingModel, listEmbeddingModels } from '@twin/db/queries/embedding-models';
import { countShadowed } from '@twin/db/queries/shadow-embeddings';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';

export interface ModelStanding extends EmbeddingModel {
  /** Passages that can be found, and how many of them have a vector of this model. */
  chunks: number;
  shadowed: number;
  /** ISO 8601; when it was last taken up to be filled, or vectors were stored on the way. */
  filledAt: string;
  /** Whether a recorded change leads to it. `model switch` on the command line records none. */
  isChangedTo: boolean;
}

/** Every model whose vectors are kept: the one that answers, those being filled or left unfinished, those that answered before. */
export async function listModels({ db }: Pick<Deps, 'db'>, scope: TwinScope): Promise<ModelStanding[]> {
  const standings: ModelStanding[] = [];
  for (const model of await listEmbeddingModels(db)) {
    standings.push({ ...model, filledAt: model.filledAt.toISOString(), ...(await countShadowed(db, scope, model.id)) });
  }
  return standings;
}
