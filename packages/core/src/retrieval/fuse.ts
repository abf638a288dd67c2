export interface ScoredList<Id> {
  /** Best first, without repeats. */
  hits: readonly { id: Id; score: number }[];
  /** How much this list's opinion counts beside the others'. */
  weight: number;
  /** The score of what the list found nothing in, where that is known: all it did find is then better than nothing. */
  floor?: number;
}

/**
 * Weighted sum of scores (convex combination; Bruch, Gai and Ingber, TOIS 2023): each list's scores are stretched over
 * 0 to 1, from the floor or else the worst found to the best, so that BM25 and cosines can be added. What a list did not find gets nothing
 * from it. Unlike ranks, scores say how sure a list is: a clear favourite of one survives the others' doubts.
 *
 * @returns every id of every list, best first, with a score in [0, 1]: 1 is first place in all lists. Ties keep the
 * order in which the lists name them.
 */
export function fuseByScore<Id>(lists: readonly ScoredList<Id>[]): { id: Id; score: number }[] {
  const found = lists.filter(({ hits }) => hits.length > 0);
  const best = found.reduce((sum, { weight }) => sum + weight, 0);
  const scores = new Map<Id, number>();
  for (const { hits, weight, floor } of found) {
    const highest = hits[0]?.score ?? 0;
    const lowest = floor ?? hits.at(-1)?.score ?? 0;
    for (const { id, score } of hits) {
      const share = highest > lowest ? (score - lowest) / (highest - lowest) : 1;
      scores.set(id, (scores.get(id) ?? 0) + weight * share);
    }
  }
  return [...scores]
    .map(([id, score]) => ({ id, score: best === 0 ? 0 : score / best }))
    .toSorted((a, b) => b.score - a.score);
}
