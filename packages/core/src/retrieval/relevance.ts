import type { Embedder } from '../ports.ts';

/** What the gate knows when a search has ended. */
export interface SearchEvidence {
  /** The best chunk's BM25 score for the question's words. */
  bestScore: number;
  /** What all words of the question weigh together, those that no chunk holds included, pairs that two words share by half. */
  questionWeight: number;
  /** The weight of a word that no chunk holds. */
  rarityMax: number;
  /** Chunks that were there to be found. */
  chunkCount: number;
  /** How alike two passages are by chance to a model that is not built in; undefined while nobody knows. */
  chanceSimilarity?: number | undefined;
  /** The nearest chunk's cosine similarity; null when meaning was not searched. */
  bestSimilarity: number | null;
  /** Whether the question is searched by pairs of characters. */
  isUnspaced: boolean;
  /** How much the built-in model's similarity counts, 0 to 1 (see `trustInMeaning`). */
  trust: number;
}

/**
 * What words and the built-in model's similarity have to reach together. Passing questions that belong to the documents /
 * about other things, in percent: 225 to abstracts 100 / 3, 1,190 to 240 encyclopedia paragraphs 99 / 2, 105 to 15 of these
 * 96 / 0, 100 to documentation 100 / 2.
 */
const confidenceMin = 0.9;
/**
 * The best of a few chunks is less like a question by chance than the best of many, and a word that a small library is all
 * about counts as common there: of `confidenceMin`, one chunk needs half, this many all of it. Passing with that / passing
 * with all of it, in percent, of 1,026 questions to 1, 2, 3, 5, 8, 15 and 30 encyclopedia paragraphs: 94 / 64, 97 / 76,
 * 97 / 80, 97 / 86, 98 / 95, 98 / 96, 98 / 97; of as many about other things at most 2.6 / 1.0.
 */
const chunksOfAWholeLibrary = 60;
/** Without similarities, which add about as much as is missing here for questions that belong. */
const wordConfidenceMin = 0.5;
/**
 * In a language that the built-in model has not learned, where words have more forms than a stemmer joins. Passing questions that
 * belong / about other articles, in percent, of 100 and 100 to 120 encyclopedia paragraphs: Arabic 90 / 18, Russian 94 / 19;
 * at 0.3 92 / 29 and 98 / 31; with the model's similarities 100 / 100 in both.
 */
const strangeWordConfidenceMin = 0.35;
/**
 * By pairs of characters: half of a question's pairs are the end of one word and the start of the next, which few texts repeat.
 * In Chinese 89 / 5, in Japanese 86 / 26, in Korean 97 / 39, in Thai 96 / 32 with this; at 0.2 and with all pairs alike 81 / 5, 95 / 38,
 * 100 / 53 and 100 / 75. See docs/decisions/0343.
 */
const pairConfidenceMin = 0.25;
/**
 * By the similarity of another model alone, as a share of the way from chance to the same text: the nearest of a few hundred
 * passages to a question about something else is a third of that way at most. See docs/decisions/0327.
 */
const meaningConfidenceMin = 0.5;

/**
 * How surely the documents are about what was asked, as a multiple of what the gate asks for: 1 and above may hold an
 * answer. Comparable between questions and between libraries: the share of the question's weight that the best chunk
 * earns, plus the best similarity. As if half a word more had been asked that no chunk holds, since the one word of a
 * short question is easily found. Other models' cosines have scales of their own: what counts is how far the best is on the way from
 * chance to the same text, beside the words, or far enough without them; and words without it.
 *
 * It tells off-topic questions apart (area under the curve 0.997 for abstracts, 0.998 encyclopedia, 1.000 documentation)
 * and no more: a near miss passes, and only a model can tell that one.
 */
export function relevanceOf(evidence: SearchEvidence, provider: Embedder['provider']): number {
  const { bestScore, questionWeight, rarityMax, chunkCount, chanceSimilarity, bestSimilarity, isUnspaced, trust } =
    evidence;
  const byWords = questionWeight === 0 ? 0 : bestScore / (questionWeight + 0.5 * rarityMax);
  const wordsMin = isUnspaced ? pairConfidenceMin : wordConfidenceMin;
  if (bestSimilarity === null) return byWords / wordsMin;
  if (provider === 'builtin') {
    const wordsAloneMin = Math.min(wordsMin, strangeWordConfidenceMin);
    const needed = wordsAloneMin + trust * (confidenceMin - wordsAloneMin);
    return (byWords + trust * bestSimilarity) / (needed * shareNeeded(chunkCount));
  }
  if (chanceSimilarity === undefined) return byWords / wordsMin;
  const byMeaning = Math.max(0, (bestSimilarity - chanceSimilarity) / (1 - chanceSimilarity));
  return Math.max(byWords / wordsMin, (byWords + byMeaning) / confidenceMin, byMeaning / meaningConfidenceMin);
}

/** From how much on, of what the gate asks for, a question is in doubt rather than about something else: where few chunks are there to be found, and where many are. */
const doubtMins = { few: { chunkCount: chunksOfAWholeLibrary, min: 0.6 }, many: { chunkCount: 300, min: 0.8 } };

/**
 * Relevance from which on a question is in doubt, below 1, rather than about something else. In a small library of everyday prose most
 * questions say other words than its few passages: of 223 to the 44 documents of four people 81 % reached 0.8 and 99 % 0.6, of 600
 * about other things 0.5 and 3 %. Where there is more to be found by chance it takes more, and by other models' similarities.
 * See docs/decisions/0361.
 */
export function doubtMinOf(chunkCount: number, provider: Embedder['provider']): number {
  const { few, many } = doubtMins;
  if (provider !== 'builtin') return many.min;
  const grown =
    Math.log(Math.max(few.chunkCount, chunkCount) / few.chunkCount) / Math.log(many.chunkCount / few.chunkCount);
  return few.min + (many.min - few.min) * Math.min(1, grown);
}

function shareNeeded(chunkCount: number): number {
  return Math.min(1, 0.5 + (0.5 * Math.log(Math.max(1, chunkCount))) / Math.log(chunksOfAWholeLibrary));
}
