import type { NearChunk } from '@twin/db/queries/search';
import type { SearchRange } from '@twin/db/queries/search-range';
import type { AskedWord } from '@twin/db/queries/word-candidates';
import { findBestScore } from '@twin/db/queries/word-search';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import type { ActiveEmbedder } from '../embedding-models/active-embedder.ts';
import type { AskedQuestion } from './question-words.ts';
import { relevanceOf } from './relevance.ts';
import type { WordHits } from './search-by-words.ts';
import { findSimilarityFloor } from './similarity-floor.ts';

/**
 * A question that leans on the conversation is about the documents nearly as surely as what it leans on. Of 527 turns that
 * the documents answer, 5.9 % were refused with this and 12.1 % without, at the same threshold; of 75 questions about
 * something else in the midst of such conversations, 4 instead of 1 got through.
 */
const conversationShare = 0.9;

export interface Found {
  asked: AskedQuestion;
  /** Whether the question leans on earlier ones. */
  isLeaning: boolean;
  byWords: WordHits;
  byMeaning: readonly NearChunk[];
  /** Undefined when words alone are searched. */
  active: ActiveEmbedder | undefined;
  range: SearchRange;
}

/**
 * How surely the documents are about what was asked, 1 and above may hold an answer (see `relevanceOf`). A question that
 * leans on earlier ones may be carried by their words, and by what they found themselves; one that does not must stand by
 * its own.
 */
export async function findRelevance(deps: Pick<Deps, 'db' | 'cache'>, scope: TwinScope, found: Found): Promise<number> {
  const { asked, isLeaning, byWords, byMeaning, active, range } = found;
  const provider = active?.embedder.provider ?? 'builtin';
  // Of a part of the library, only that much was there to be found.
  const chunkCount = range.filter === undefined ? asked.chunkCount : range.chunkCount;
  const similarityFloor =
    active === undefined || provider === 'builtin' || byMeaning.length === 0
      ? undefined
      : await findSimilarityFloor(deps, scope, { modelId: active.model.id, chunkCount: asked.chunkCount });
  const chunkIds = byWords.matches.map(({ chunkId }) => chunkId);
  const judge = (bestScore: number, questionWeight: number): number => {
    const bestSimilarity = byMeaning[0]?.similarity ?? null;
    const { rarityMax } = asked;
    const evidence = { bestScore, questionWeight, rarityMax, chunkCount, similarityFloor, bestSimilarity };
    return relevanceOf(evidence, provider);
  };
  const bestOf = async (words: readonly AskedWord[]) => await findBestScore(deps.db, scope, { words, chunkIds });
  if (!isLeaning) {
    const isOwnScore = asked.own.length === asked.all.length;
    return judge(isOwnScore ? byWords.bestScore : await bestOf(asked.own), asked.ownWeight);
  }
  const conversation = await Promise.all(
    asked.earlier.map(async ({ words, weight }) => conversationShare * judge(await bestOf(words), weight)),
  );
  return Math.max(judge(byWords.bestScore, asked.allWeight), ...conversation);
}
