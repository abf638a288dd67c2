import { createSeededRandom } from './seeded-random.ts';

/** The mean of paired differences, with the interval that holds it in 95 of 100 samples drawn like this one. */
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
  const count = differences.length;
  if (count === 0) return undefined;
  const random = createSeededRandom(seed);
  const means = Float64Array.from({ length: resamples }, () => {
    let sum = 0;
    for (let draw = 0; draw < count; draw += 1) sum += differences[Math.floor(random() * count)] ?? 0;
    return sum / count;
  }).toSorted();
  return {
    mean: differences.reduce((sum, difference) => sum + difference, 0) / count,
    low: means[Math.floor(0.025 * resamples)] ?? 0,
    high: means[Math.ceil(0.975 * resamples) - 1] ?? 0,
    count,
  };
}
