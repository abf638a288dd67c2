import { createSeededRandom } from './seeded-random.ts';

/** The mean of paired differences, or the difference of a measure over all pairs, with the interval that holds it in 95 of 100 samples drawn like this one. */
export interface MeanDifference {
  mean: number;
  low: number;
  high: number;
  /** Pairs that went into it. */
  count: number;
}

const resamples = 2_000;
const seed = 1;

/**
 * Percentile bootstrap over pairs (Efron and Tibshirani, 1993): pairs are drawn with replacement, so that easy and hard
 * questions cancel out. The same differences give the same interval: the generator is seeded. Undefined without pairs.
 */
export function pairedBootstrap(differences: readonly number[]): MeanDifference | undefined {
  return bootstrap(differences, (drawn) => drawn.reduce((sum, difference) => sum + difference, 0) / drawn.length);
}

/**
 * The same for a difference that is no mean of differences, such as one of F1: `differenceOf` computes it for the pairs and
 * for each draw of as many.
 */
export function bootstrap<T>(
  pairs: readonly T[],
  differenceOf: (drawn: readonly T[]) => number,
): MeanDifference | undefined {
  const count = pairs.length;
  if (count === 0) return undefined;
  const random = createSeededRandom(seed);
  const drawn = [...pairs];
  const differences = Float64Array.from({ length: resamples }, () => {
    for (let draw = 0; draw < count; draw += 1) drawn[draw] = pairs[Math.floor(random() * count)] as T;
    return differenceOf(drawn);
  }).toSorted();
  return {
    mean: differenceOf(pairs),
    low: differences[Math.floor(0.025 * resamples)] ?? 0,
    high: differences[Math.ceil(0.975 * resamples) - 1] ?? 0,
    count,
  };
}
