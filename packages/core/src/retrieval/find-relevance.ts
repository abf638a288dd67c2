import type { NearChunk } from '@twin/db/queries/search';
import type { SearchRange } from '@twin/db/queries/search-range';
import type { AskedWord } from '@twin/db/queries/word-candidates';
import { findBestScore } from '@twin/db/queries/word-search';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import type { ActiveEmbedder } from '../embedding-models/active-embedder.ts';
import { findChanceSimilarity } from './chance-similarity.ts';
import type { AskedQuestion } from './question-words.ts';
import { relevanceOf } from './relevance.ts';
import type { WordHits } from './search-by-words.ts';

/**
 * A question that leans on the conversation is about the documents nearly as surely as what it leans on. When this was
 * chosen, of 527 turns that the documents answer 5.9 % were refused with it and 12.1 % without, at the same threshold; of 75
 * questions about something else in the midst of such conversations, 4 instead of 1 got through.
 */
const conversationShare = 0.9;

/**
 * What a question that leans on the conversation has to earn by its own words and their similarity, and what a word of it that no
 * chunk holds takes away. Below, what was said before carries it alone: of 189 such questions about something else in the midst
 * of conversations, 170 were sure before and 65 are since; of 188 that the documents answer, 9 are in doubt. See docs/decisions/0340.
 */
const ownRelevanceMin = 0.85;
const unknownWordCost = 0.3;
/** Not sure, and near enough to be quoted in doubt. */
const carriedRelevanceMax = 0.99;

/** Of the rarest word's weight: what a question has to weigh to pass by being said whole; of that, what has to be said. */
const weightOfAllMin = 0.5;
const shareOfAllMin = 0.95;

/**
 * Of a pair of characters that belongs to two words, in what a question weighs: where it is found it proves that the words stand
 * together and counts whole, where it is not it says little. See docs/decisions/0343.
 */
const straddlingShare = 0.5;

export interface Found {
  asked: AskedQuestion;
  /** Whether the question leans on earlier ones. */
  isLeaning: boolean;
  byWords: WordHits;
  byMeaning: readonly NearChunk[];
  /** See `trustInMeaning`. */
  trust: number;
  /** Undefined when words alone are searched. */
  active: ActiveEmbedder | undefined;
  range: SearchRange;
}

/**
 * How surely the documents are about what was asked, 1 and above may hold an answer (see `relevanceOf`). A question that
 * leans on earlier ones may be carried by their words, and by what they found themselves, but is in doubt where its own words say
 * nothing of what was found; one that does not lean must stand by its own.
 */
export async function findRelevance(deps: Pick<Deps, 'db' | 'cache'>, scope: TwinScope, found: Found): Promise<number> {
  const { asked, isLeaning, byMeaning, trust, active, range } = found;
  const { own, all, earlier } = asked.judged;
  const conversation = earlier.map((words) => ({ ...words, share: conversationShare }));
  const leans = isLeaning && !isUnknown(asked, trust);
  const judged = [{ ...own, share: 1 }, ...(leans ? [{ ...all, share: 1 }, ...conversation] : [])];
  const [chanceSimilarity, ...bestScores] = await Promise.all([
    chanceFor(deps, scope, found),
    ...judged.map(async ({ words }) => await bestScoreOf(deps, scope, words, found)),
  ]);
  const provider = active?.embedder.provider ?? 'builtin';
  const { rarityMax, isUnspaced } = asked;
  const { chunkCount } = range;
  const bestSimilarity = byMeaning[0]?.similarity ?? null;
  const [byOwn = 0, ...byConversation] = judged.map(({ weight, straddlingWeight, share }, index) => {
    const evidence = {
      bestScore: bestScores[index] ?? 0,
      questionWeight: weight - (1 - straddlingShare) * straddlingWeight,
      rarityMax,
      chunkCount,
      chanceSimilarity,
      bestSimilarity,
      isUnspaced,
      trust,
    };
    return share * relevanceOf(evidence, provider);
  });
  const said = saysAll(found) ? 1 : 0;
  if (!leans) return Math.max(byOwn, said);
  const carried = Math.max(...byConversation);
  return Math.max(said, speaksForItself(asked, byOwn) ? carried : Math.min(carried, carriedRelevanceMax));
}

/** Whether what was found is about the question's own words too. "And why?" has none that name anything, and is the conversation's. */
function speaksForItself({ judged: { own }, rarityMax }: AskedQuestion, byOwn: number): boolean {
  return own.namingWeight === 0 || byOwn - unknownWordCost * (own.unknownWeight / rarityMax) >= ownRelevanceMin;
}

/**
 * Whether one stretch of a passage says all that is asked ("Is there parking?", "MRSA"). Long passages earn so little by a word
 * they say once that the gate's sum refuses the shortest questions. Words that are common in the library prove nothing.
 */
function saysAll({ asked, byWords }: Found): boolean {
  const { weight } = asked.judged.own;
  return weight >= weightOfAllMin * asked.rarityMax && byWords.bestTogether >= shareOfAllMin * weight;
}

/** A word that neither the documents nor the model have seen leans on nothing; "and why?" has no such word. */
function isUnknown({ own, judged }: AskedQuestion, trust: number): boolean {
  return own.length === 0 && judged.own.weight > 0 && trust === 0;
}

/** Undefined where no remote model's similarities are to be judged. */
async function chanceFor(
  deps: Pick<Deps, 'db' | 'cache'>,
  scope: TwinScope,
  { byMeaning, active, range }: Found,
): Promise<number | undefined> {
  if (active === undefined || active.embedder.provider === 'builtin' || byMeaning.length === 0) return undefined;
  return await findChanceSimilarity(deps, scope, { modelId: active.model.id, chunkCount: range.libraryChunkCount });
}

/** The search has the best score already where it counted the words in the same way. */
async function bestScoreOf(
  { db }: Pick<Deps, 'db'>,
  scope: TwinScope,
  words: readonly AskedWord[],
  { asked, byWords }: Found,
): Promise<number> {
  const isAsSearched =
    words.length === asked.all.length && words.every(({ weight }, index) => weight === asked.all[index]?.weight);
  if (isAsSearched) return byWords.bestScore;
  return await findBestScore(db, scope, { words, chunkIds: byWords.matches.map(({ chunkId }) => chunkId) });
}
