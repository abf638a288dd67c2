import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../db.ts';
import type { TwinScope } from '../scope.ts';
import { isInRange, isNarrow, type SearchRange } from './search-range.ts';
import { type AskedWord, chooseWordCandidates, type WordCandidates } from './word-candidates.ts';

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

/** Up to here scoring every chunk is about as fast as asking the index first, and misses nothing. */
const SCAN_CHUNKS_MAX = 3_000;
/**
 * How many chunks are scored at most, as estimated: at first, and where that found too few. At first a twentieth of the
 * library, within these bounds: of 20,000 chunks 1,000 hold .992 of the best 50 and all of the best 10, in 0.6 of the time
 * of 2,000; of 100,000 it takes 2,000 to hold .98. Beyond these the upper bound grows, to double at ten times as many: of a
 * million 2,000 hold .969, 3,000 hold .977 and 4,000 hold .989.
 */
const FIRST_CANDIDATES = { share: 0.05, min: 1_000, max: 2_000, maxUpTo: 100_000, growth: Math.log10(2) } as const;
const FURTHER_CANDIDATES = [10_000, 50_000] as const;
/** Of a part of the library it may leave the best out at first, but not from here on. */
const CANDIDATES_ENOUGH = 10_000;

/**
 * The chunks that say most about the words asked, best first. Scores are BM25 itself: the negative inner product of what
 * the question asks and what a chunk says (see `chunk_words`), the same on every Postgres.
 *
 * In a small range every chunk is scored. In a large one the inverted index names the candidates (`chooseWordCandidates`),
 * and only those are scored: their scores are exact, and of the 50 best at least 98 % are found (bench/retrieval.md).
 */
export async function findChunksByWords(db: Db, scope: TwinScope, search: WordSearch): Promise<WordMatch[]> {
  const { words, range, limit } = search;
  if (words.length === 0) return [];
  if (range.chunkCount <= SCAN_CHUNKS_MAX || isNarrow(range)) return await run(db, wordMatches(scope, search));
  let matches: WordMatch[] = [];
  for (const chunksMax of [firstCandidates(range), ...FURTHER_CANDIDATES]) {
    const { sets, missedScore } = chooseWordCandidates(words, { chunksMax, ...range });
    matches = await run(db, wordMatches(scope, search, sets));
    if (missedScore === 0) break;
    const isFull = matches.length === limit;
    const isEnough = range.filter === undefined || chunksMax >= CANDIDATES_ENOUGH;
    if (isFull && (isEnough || (matches.at(-1)?.score ?? 0) >= missedScore)) break;
  }
  return matches;
}

function firstCandidates({ libraryChunkCount }: SearchRange): number {
  const { share, min, max, maxUpTo, growth } = FIRST_CANDIDATES;
  const most = max * Math.max(1, libraryChunkCount / maxUpTo) ** growth;
  return Math.round(Math.max(min, Math.min(most, share * libraryChunkCount)));
}

/** The statement of `findChunksByWords`, over all chunks or over those with all keys of one of `sets`, for those who ask how it is planned. */
export function wordMatches(
  scope: TwinScope,
  { words, range, limit }: WordSearch,
  sets?: WordCandidates['sets'],
): RawBuilder<WordMatch> {
  const isCandidate = sets === undefined ? sql`true` : hasOneOf(sets);
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

/** Sets of one key are one condition, which the index answers in one go. */
function hasOneOf(sets: WordCandidates['sets']): RawBuilder<boolean> {
  const single = sets.flatMap((set) => (set.length === 1 ? set : []));
  const others = sets.filter((set) => set.length > 1).map((set) => sql<boolean>`keys @> cast(${set} as integer[])`);
  const conditions = single.length > 0 ? [sql<boolean>`keys && cast(${single} as integer[])`, ...others] : others;
  return sql<boolean>`${costsMuch} and (${sql.join(conditions, sql` or `)})`;
}

/**
 * Always true, and never computed past the first half: ids are above 0. The planner takes comparing a chunk's keys with those of a
 * set for as cheap as comparing two numbers, and would do it for every chunk of up to some 15,000: 91 ms where the index takes 5
 * (docs/decisions/0374-what-comparing-keys-costs.md).
 */
const costsMuch = sql<boolean>`(chunk_id > 0 or to_tsvector('simple', cast(keys as text)) is not null)`;

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
