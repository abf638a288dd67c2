import type { Db } from '@twin/db/db';
import { findActiveEmbeddingModel } from '@twin/db/queries/embedding-models';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import { isPassage, mapVector } from './map-vector.ts';
import type { SourceVector } from './sources.ts';

/** Whether the source's vectors are taken over, or the texts are embedded anew with the configured model. */
export interface EmbeddingChoice {
  action: 'keep' | 'compute';
  model: { provider: string; name: string };
  /** Mean cosine between the source's vectors and the configured model's for the same texts; null when not compared. */
  cosine: number | null;
  reason: string;
}

/** Below it two vectors of one text do not come from the same model; rounding alone leaves it above .999. */
const sameModelCosineMin = 0.97;
const comparedTexts = 5;

/**
 * Decides by measuring: an index does not say which model its vectors come from, so a few of its texts are embedded with
 * the configured one and compared.
 *
 * @param sample vectors of the source; those with text are used.
 * @param deps with `db` undefined where the library holds nothing yet.
 * @throws AppError `conflict` when the library's vectors come from another model than the configured one.
 */
export async function chooseEmbeddings(
  { db, embedder }: Pick<Deps, 'embedder'> & { db: Db | undefined },
  sample: readonly SourceVector[],
): Promise<EmbeddingChoice> {
  const model = { provider: embedder.provider, name: embedder.modelName };
  const active = db && (await findActiveEmbeddingModel(db));
  if (active !== undefined && (active.provider !== model.provider || active.name !== model.name)) {
    const message =
      `The library's vectors come from “${active.name}”, and “${model.name}” is configured. ` +
      'Configure that model (EMBEDDING_MODEL), or import into an empty library.';
    throw new AppError('conflict', message, { reason: 'other-model' });
  }
  const pairs = sample.flatMap((vector) => {
    const mapped = mapVector('', vector);
    return isPassage(mapped) && vector.vector !== undefined ? [{ text: mapped.content, theirs: vector.vector }] : [];
  });
  if (pairs.length === 0)
    return { action: 'compute', model, cosine: null, reason: 'the source holds no vectors with text' };
  const compared = pairs.slice(0, comparedTexts);
  const ours = await embedder.embed(
    compared.map(({ text }) => text),
    'passage',
  );
  const width = ours[0]?.length ?? 0;
  const theirWidth = compared[0]?.theirs.length ?? 0;
  if (width !== theirWidth) {
    const reason = `the source's vectors have ${theirWidth} dimensions, those of “${model.name}” ${width}`;
    return { action: 'compute', model, cosine: null, reason };
  }
  const cosine = mean(compared.map(({ theirs }, index) => cosineOf(theirs, ours[index] ?? new Float32Array())));
  return cosine >= sameModelCosineMin
    ? { action: 'keep', model, cosine, reason: `they are those of “${model.name}” (cosine ${cosine.toFixed(3)})` }
    : {
        action: 'compute',
        model,
        cosine,
        reason: `they are not those of “${model.name}” (cosine ${cosine.toFixed(3)})`,
      };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function cosineOf(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let dot = 0;
  let squareA = 0;
  let squareB = 0;
  for (let index = 0; index < a.length; index += 1) {
    const [x, y] = [a[index] ?? 0, b[index] ?? 0];
    dot += x * y;
    squareA += x * x;
    squareB += y * y;
  }
  return squareA === 0 || squareB === 0 ? 0 : dot / Math.sqrt(squareA * squareB);
}
