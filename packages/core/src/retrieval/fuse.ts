export interface RankedList<Id> {
  /** Best first, without repeats. */
  ids: readonly Id[];
  /** How much this list's opinion counts beside the others'. */
  weight: number;
}

/**
 * Reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009): each list gives `weight / (10 + rank)` to what it
 * ranks, ranks counted from 1. Only ranks count, so scores of different kinds need no common scale.
 *
 * The paper's constant is 60, which makes first and fifth place nearly equal: with a weak second list, what that list
 * liked beat what the strong one was sure of. Measured on 120 questions to 240 paragraphs, words fused with crude word
 * vectors at weight 0.2: the right paragraph is first for 83 % with 60 and for 91 % with 10; words alone reach 92 %.
 *
 * @returns every id of every list, best first, with a score in (0, 1]: 1 is first place in all lists. Ties keep the
 * order in which the lists name them.
 */
export function fuseByRank<Id>(lists: readonly RankedList<Id>[]): { id: Id; score: number }[] {
  const best = lists.reduce((sum, list) => sum + list.weight / (rankOffset + 1), 0);
  const scores = new Map<Id, number>();
  for (const { ids, weight } of lists) {
    for (const [index, id] of ids.entries()) {
      scores.set(id, (scores.get(id) ?? 0) + weight / (rankOffset + index + 1));
    }
  }
  return [...scores].map(([id, score]) => ({ id, score: score / best })).toSorted((a, b) => b.score - a.score);
}

const rankOffset = 10;
