import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../db.ts';
import type { TwinScope } from '../scope.ts';
import { isInRange, isNarrow, type SearchRange } from './search-range.ts';
import { type AskedWord, chooseWordCandidates } from './word-candidates.ts';

export interface WordMatch {
  chunkId: number;
  /** BM25, above 0: greater is better, comparable among the chunks found for one question. */
  score: number;
}

export interface WordSearch {
  words: readonly AskedWord[];
  range: SearchRange;
  limit: number;
}

/** Up to here scoring every chunk is as fast as asking the index first. */
const SCAN_CHUNKS_MAX = 3_000;
/** How many chunks are scored: at first, and where that left room for better ones or found too few. */
const CANDIDATES_FIRST = 2_000;
const CANDIDATES_MORE = 10_000;
const CANDIDATES_LAST = 50_000;

/**
 * The chunks that say most about the words asked, best first. Scores are BM25 itself: the negative inner product of what
 * the question asks and what a chunk says (see `chunk_words`), the same on every Postgres.
 *
 * In a small range every chunk is scored. In a large one the inverted index names the candidates, by the rarest words
 * first, and only those are scored: their scores are exact, and of the 50 best at least 98 % are found (bench/retrieval.md).
 */
export async function findChunksByWords(db: Db, scope: TwinScope, search: WordSearch): Promise<WordMatch[]> {
  const { words, range, limit } = search;
  if (words.length === 0) return [];
  if (range.chunkCount <= SCAN_CHUNKS_MAX || isNarrow(range)) return await run(db, wordMatches(scope, search));
  let matches: WordMatch[] = [];
  for (const chunksMax of [CANDIDATES_FIRST, CANDIDATES_MORE, CANDIDATES_LAST]) {
    const { keys, missedScore } = chooseWordCandidates(words, chunksMax);
    matches = await run(db, wordMatches(scope, search, keys));
    const isFull = matches.length === limit;
    if (missedScore === 0 || (isFull && (matches.at(-1)?.score ?? 0) >= missedScore)) break;
    if (isFull && chunksMax >= CANDIDATES_MORE) break;
  }
  return matches;
}

/** The statement of `findChunksByWords`, over all chunks or over those with one of `keys`, for those who ask how it is planned. */
export function wordMatches(
  scope: TwinScope,
  { words, range, limit }: WordSearch,
  keys?: readonly number[],
): RawBuilder<WordMatch> {
  const isCandidate = keys === undefined ? sql`true` : sql`keys && cast(${[...keys]} as integer[])`;
  // The question's vector is a subquery, computed once: written into the order it would be read anew for each chunk.
  return sql<WordMatch>`
    with best as materialized (
      select chunk_id, words <#> (select ${wordVector(words)}) as distance
      from chunk_words
      where twin_id = ${scope.twinId} and ${isCandidate} and ${isInRange(scope, range)}
      order by distance, chunk_id
      limit ${limit}
    )
    select chunk_id as "chunkId", -distance as score
    from best
    where distance < 0
    order by distance, chunk_id`;
}

/** What the best of some chunks scores for these words, 0 when none says any. */
export async function findBestScore(
  db: Db,
  scope: TwinScope,
  { words, chunkIds }: { words: readonly AskedWord[]; chunkIds: readonly number[] },
): Promise<number> {
  if (words.length === 0 || chunkIds.length === 0) return 0;
  const { rows } = await sql<{ score: number }>`
    select coalesce(max(-(words <#> (select ${wordVector(words)}))), 0) as score
    from chunk_words
    where twin_id = ${scope.twinId} and chunk_id = any (cast(${[...chunkIds]} as bigint[]))`.execute(db);
  return rows[0]?.score ?? 0;
}

async function run(db: Db, statement: RawBuilder<WordMatch>): Promise<WordMatch[]> {
  return (await statement.execute(db)).rows;
}

function wordVector(words: readonly AskedWord[]): RawBuilder<unknown> {
  return sql`cast(${`{${words.map(({ id, weight }) => `${id}:${weight}`).join(',')}}/1000000000`} as sparsevec)`;
}
