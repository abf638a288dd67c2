/** A word of a question as a search weighs it. */
export interface AskedWord {
  id: number;
  /** Chunks that hold it. */
  chunkCount: number;
  /** Above 0: what a chunk that says the word is worth. */
  weight: number;
}

export interface WordCandidates {
  /**
   * A chunk is a candidate when it has all keys of any of these sets. Keys are as in `chunk_words.keys`: a word's id for
   * all chunks that hold it, negative for those that say it strongly.
   */
  sets: number[][];
  /**
   * What any three of the heaviest words can come to in a chunk that is no candidate, at what a chunk says of a word on
   * average: one that says more of them, or says them more strongly, may score more. 0 when every chunk with a word of the
   * question is one.
   */
  missedScore: number;
}

/** The share of a word's chunks that say it strongly, on ordinary prose. */
const STRONG_SHARE = 0.2;
/** What a chunk says of a word on average: where it is not strong, and where it is. At most it is 1.25 and 2.6. */
const WEAK_WEIGHT = 1;
const STRONG_WEIGHT = 1.6;
/** More words together add little and cost the index much. */
const SET_SIZE_MAX = 3;
/** Each set is a look into the index. Where there would be more, sets are smaller. */
const SETS_MAX = 40;
/** The heaviest words of a long question; what the others add decides nothing. */
const WORDS_MAX = 12;
/** Halvings of the score that candidates must reach: to a thousandth of the greatest. */
const STEPS = 10;

interface Key {
  key: number;
  worth: number;
  /** What the next lower choice for the word, weak or not at all, is worth. */
  lowerWorth: number;
  /** The share of all chunks that have it. */
  share: number;
}

/**
 * Chooses the chunks worth scoring, about `chunksMax` at most: those of which one to three words, counted as said weakly
 * or strongly, make a score that is as low as so many chunks allow. What they leave out says common words only, and those
 * weakly or alone.
 *
 * After MaxScore and WAND (Turtle and Flood, 1995; Broder et al., 2003), with two levels of impact in place of sorted lists
 * and the inverted index's conjunctions in place of a walk through them. Counts of conjunctions are estimated as if words
 * stood independently.
 */
export function chooseWordCandidates(
  words: readonly AskedWord[],
  { chunksMax, libraryChunkCount }: { chunksMax: number; libraryChunkCount: number },
): WordCandidates {
  if (sum(words.map(({ chunkCount }) => chunkCount)) <= chunksMax) {
    return { sets: words.map(({ id }) => [id]), missedScore: 0 };
  }
  const heaviest = words.toSorted((a, b) => b.weight - a.weight).slice(0, WORDS_MAX);
  const levels = heaviest.map((word) => levelsOf(word, libraryChunkCount));
  let high = sum(heaviest.slice(0, SET_SIZE_MAX).map(({ weight }) => STRONG_WEIGHT * weight));
  let low = 0;
  // Where nothing fits: those that say the heaviest word strongly, however many they are.
  let chosen: SetChoice = { sets: levels.slice(0, 1).map(([_weak, strong]) => [strong]), missedScore: high };
  for (let step = 0; step < STEPS; step += 1) {
    const middle = (low + high) / 2;
    const choice = chooseSets(levels, middle);
    if (libraryChunkCount * sum(choice.sets.map(shareOf)) <= chunksMax) {
      if (choice.sets.length > 0) chosen = choice;
      high = middle;
    } else low = middle;
  }
  return { sets: chosen.sets.map((set) => set.map(({ key }) => key)), missedScore: chosen.missedScore };
}

type Levels = readonly [weak: Key, strong: Key];

function levelsOf({ id, chunkCount, weight }: AskedWord, libraryChunkCount: number): Levels {
  const share = Math.min(1, chunkCount / Math.max(1, libraryChunkCount));
  const [weak, strong] = [WEAK_WEIGHT * weight, STRONG_WEIGHT * weight];
  return [
    { key: id, worth: weak, lowerWorth: 0, share },
    { key: -id, worth: strong, lowerWorth: weak, share: STRONG_SHARE * share },
  ];
}

interface SetChoice {
  sets: Key[][];
  missedScore: number;
}

/**
 * The least sets of keys that are worth `scoreMin`, of as many words as `SETS_MAX` allows; none where only more words
 * together are worth it. Where sets are of fewer than three words, three say at most as much more as they are more.
 */
function chooseSets(words: readonly Levels[], scoreMin: number): SetChoice {
  for (let sizeMax = SET_SIZE_MAX; ; sizeMax -= 1) {
    const sets = extendSet([], words, { scoreMin, sizeMax });
    if (sets.length <= SETS_MAX || sizeMax === 1) return { sets, missedScore: (scoreMin * SET_SIZE_MAX) / sizeMax };
  }
}

/** By the words that follow those of the set. A step lower at any of its words, none would be worth enough. */
function extendSet(
  set: readonly Key[],
  words: readonly Levels[],
  wanted: { scoreMin: number; sizeMax: number },
): Key[][] {
  return words.flatMap((levels, index) =>
    levels.flatMap((key) => {
      const extended = [...set, key];
      if (worthOf(extended) >= wanted.scoreMin) return isLeast(extended, wanted.scoreMin) ? [extended] : [];
      return extended.length < wanted.sizeMax ? extendSet(extended, words.slice(index + 1), wanted) : [];
    }),
  );
}

/** Adds up the lower set as it would be by itself: by a difference, a rounded last bit could leave both sets out. */
function isLeast(set: readonly Key[], scoreMin: number): boolean {
  return set.every(
    (key) => worthOf(set.map((other) => (other === key ? { worth: key.lowerWorth } : other))) < scoreMin,
  );
}

function worthOf(set: readonly Pick<Key, 'worth'>[]): number {
  return sum(set.map(({ worth }) => worth));
}

function shareOf(set: readonly Key[]): number {
  return set.reduce((share, key) => share * key.share, 1);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
