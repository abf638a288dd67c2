/** A word of a question as a search weighs it. */
export interface AskedWord {
  id: number;
  /** Chunks that hold it. */
  chunkCount: number;
  /** Above 0: what a chunk that says the word is worth. */
  weight: number;
}

export interface WordCandidates {
  /** As in `chunk_words.keys`: a word's id for all chunks that hold it, negative for those that say it strongly. */
  keys: number[];
  /** About what a chunk that is no candidate can score. 0 when every chunk with a word of the question is one. */
  missedScore: number;
}

/** The share of a word's chunks that say it strongly, on ordinary prose. */
const STRONG_SHARE = 0.2;
/** What a chunk says of a word on average: where it may be strong, and where it is not. At most it is 2.6 and 1.25. */
const ANY_WEIGHT = 1.3;
const WEAK_WEIGHT = 1;

/**
 * Chooses the chunks worth scoring: those with the rarest words of the question, then those that say its commoner words
 * strongly, together about `chunksMax`. What they leave out holds common words only, and those weakly.
 *
 * After MaxScore (Turtle and Flood, 1995), with two levels of impact in place of sorted lists.
 */
export function chooseWordCandidates(words: readonly AskedWord[], chunksMax: number): WordCandidates {
  const keys: number[] = [];
  let expected = 0;
  let missedScore = 0;
  for (const { id, chunkCount, weight } of words.toSorted((a, b) => a.chunkCount - b.chunkCount)) {
    const strongCount = STRONG_SHARE * chunkCount;
    if (expected + chunkCount <= chunksMax) {
      keys.push(id);
      expected += chunkCount;
    } else if (expected === 0 || expected + strongCount <= chunksMax) {
      keys.push(-id);
      expected += strongCount;
      missedScore += WEAK_WEIGHT * weight;
    } else {
      missedScore += ANY_WEIGHT * weight;
    }
  }
  return { keys, missedScore };
}
