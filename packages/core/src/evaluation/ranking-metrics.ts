/** Judged documents of one question: id to grade. Grade 0 and absence both mean "not relevant". */
export type Judgements = ReadonlyMap<string, number>;

/**
 * Share of the relevant documents that are among the first `depth` of a ranking without repeats, 0 to 1; trec_eval's
 * `recall_<depth>`. A question without relevant documents has none: undefined, so that no mean counts it.
 */
export function recallAt(depth: number, ranking: readonly string[], judgements: Judgements): number | undefined {
  const relevant = countRelevant(judgements);
  if (relevant === 0) return undefined;
  return ranking.slice(0, depth).filter((id) => isRelevant(judgements, id)).length / relevant;
}

/** One over the place of the first relevant document, 0 when the first `depth` hold none; trec_eval's `recip_rank`, cut. */
export function reciprocalRankAt(
  depth: number,
  ranking: readonly string[],
  judgements: Judgements,
): number | undefined {
  if (countRelevant(judgements) === 0) return undefined;
  const index = ranking.slice(0, depth).findIndex((id) => isRelevant(judgements, id));
  return index < 0 ? 0 : 1 / (index + 1);
}

/**
 * Normalised discounted cumulative gain with the grade itself as gain and a discount of log2(place + 1): trec_eval's
 * `ndcg_cut_<depth>` (Järvelin and Kekäläinen, 2002). 1 when the highest grades come first, in order.
 */
export function ndcgAt(depth: number, ranking: readonly string[], judgements: Judgements): number | undefined {
  const ideal = [...judgements.values()].filter((grade) => grade > 0).toSorted((a, b) => b - a);
  if (ideal.length === 0) return undefined;
  const gains = ranking.map((id) => Math.max(0, judgements.get(id) ?? 0));
  return discountedGain(gains.slice(0, depth)) / discountedGain(ideal.slice(0, depth));
}

function discountedGain(gains: readonly number[]): number {
  return gains.reduce((sum, gain, index) => sum + gain / Math.log2(index + 2), 0);
}

function isRelevant(judgements: Judgements, id: string): boolean {
  return (judgements.get(id) ?? 0) > 0;
}

function countRelevant(judgements: Judgements): number {
  return [...judgements.values()].filter((grade) => grade > 0).length;
}
