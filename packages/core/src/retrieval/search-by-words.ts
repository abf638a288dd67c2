import type { SearchRange } from '@twin/db/queries/search-range';
import { listWordPlaces } from '@twin/db/queries/word-places';
import { findChunksByWords, type WordMatch } from '@twin/db/queries/word-search';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { type AskedQuestion, weightOf } from './question-words.ts';
import { heaviestStretch, proximityScore } from './word-proximity.ts';

/** Chunks whose word order is looked at: what is further down does not come first any more. */
const orderedChunksMax = 24;

export interface WordHits {
  /** Best first, by BM25 and by how near to each other the question's words stand. */
  matches: WordMatch[];
  /** BM25 alone, of the best chunk; 0 when there is none. */
  bestScore: number;
  /** What the question's own words weigh, as relevance counts them, that one stretch of a chunk says together, at most. */
  bestTogether: number;
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
  const together = {
    weights: new Map(asked.own.map(({ lexeme, weight }) => [lexeme, weight])),
    whole: weightOf(asked.own),
    pairs: asked.pairs,
  };
  const places = new Map(
    [...said].map(([chunkId, words]) => [chunkId, new Map(words.map(({ lexeme, places }) => [lexeme, places]))]),
  );
  const bonusOf = (chunkId: number) => proximityScore(together, places.get(chunkId) ?? new Map());
  const judged = new Map(asked.judged.own.words.map(({ lexeme, weight }) => [lexeme, weight]));
  return {
    bestScore: matches[0]?.score ?? 0,
    matches: matches
      .map(({ chunkId, score }) => ({ chunkId, score: score + bonusOf(chunkId) }))
      .toSorted((a, b) => b.score - a.score),
    bestTogether: Math.max(0, ...[...places.values()].map((said) => heaviestStretch(judged, said))),
    isComplete: matches.length < limit,
  };
}
