import type { SearchRange } from '@twin/db/queries/search-range';
import { listWordPlaces } from '@twin/db/queries/word-places';
import { findChunksByWords, type WordMatch } from '@twin/db/queries/word-search';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import type { AskedQuestion } from './question-words.ts';
import { proximityScore } from './word-proximity.ts';

/** Chunks whose word order is looked at: what is further down does not come first any more. */
const orderedChunksMax = 24;

export interface WordHits {
  /** Best first, by BM25 and by how near to each other the question's words stand. */
  matches: WordMatch[];
  /** BM25 alone, of the best chunk; 0 when there is none. */
  bestScore: number;
  /** Whether all that hold any of the words were found. */
  isComplete: boolean;
}

/** The chunks that say most about a question's words. */
export async function searchByWords(
  deps: Pick<Deps, 'db'>,
  scope: TwinScope,
  { asked, range, limit }: { asked: AskedQuestion; range: SearchRange; limit: number },
): Promise<WordHits> {
  const matches = await findChunksByWords(deps.db, scope, { words: asked.all, range, limit });
  const chunkIds = matches.slice(0, orderedChunksMax).map(({ chunkId }) => chunkId);
  const lexemes = asked.own.map(({ lexeme }) => lexeme);
  const said = Map.groupBy(await listWordPlaces(deps.db, scope, { chunkIds, lexemes }), ({ chunkId }) => chunkId);
  const together = { weights: new Map(asked.own.map(({ lexeme, weight }) => [lexeme, weight])), pairs: asked.pairs };
  const bonusOf = (chunkId: number) =>
    proximityScore(together, new Map((said.get(chunkId) ?? []).map(({ lexeme, places }) => [lexeme, places])));
  return {
    bestScore: matches[0]?.score ?? 0,
    matches: matches
      .map(({ chunkId, score }) => ({ chunkId, score: score + bonusOf(chunkId) }))
      .toSorted((a, b) => b.score - a.score),
    isComplete: matches.length < limit,
  };
}
