import type { SearchRange } from '@twin/db/queries/search-range';
import { listWordPlaces } from '@twin/db/queries/word-places';
import { findChunksByWords, type WordMatch } from '@twin/db/queries/word-search';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { type AskedQuestion, weightOf } from './question-words.ts';
import { heaviestStretch, type Places, proximityScore, type WordPair } from './word-proximity.ts';

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
  // Stems of one word are that word, wherever it stands.
  const wordOf = new Map(asked.own.map(({ lexeme, word }) => [lexeme, word]));
  const together = {
    weights: new Map(asked.own.map(({ word, weight }) => [word, weight])),
    whole: weightOf(asked.own),
    pairs: pairsOfWords(asked.pairs, wordOf),
  };
  const places = new Map([...said].map(([chunkId, stems]) => [chunkId, placesOfWords(stems, wordOf)]));
  const bonusOf = (chunkId: number) => proximityScore(together, places.get(chunkId) ?? new Map());
  const judged = new Map(asked.judged.own.words.map(({ word, weight }) => [word, weight]));
  return {
    bestScore: matches[0]?.score ?? 0,
    matches: matches
      .map(({ chunkId, score }) => ({ chunkId, score: score + bonusOf(chunkId) }))
      .toSorted((a, b) => b.score - a.score),
    bestTogether: Math.max(0, ...[...places.values()].map((said) => heaviestStretch(judged, said))),
    isComplete: matches.length < limit,
  };
}

function pairsOfWords(pairs: readonly WordPair[], wordOf: ReadonlyMap<string, string>): WordPair[] {
  const ofWords = pairs.map((pair) => ({
    ...pair,
    first: wordOf.get(pair.first) ?? pair.first,
    second: wordOf.get(pair.second) ?? pair.second,
  }));
  return [...new Map(ofWords.map((pair) => [`${pair.first} ${pair.second}`, pair])).values()];
}

function placesOfWords(
  stems: readonly { lexeme: string; places: number[] }[],
  wordOf: ReadonlyMap<string, string>,
): Places {
  const words = Map.groupBy(stems, ({ lexeme }) => wordOf.get(lexeme) ?? lexeme);
  return new Map(
    [...words].map(([word, same]) => [word, same.flatMap(({ places }) => places).toSorted((a, b) => a - b)]),
  );
}
