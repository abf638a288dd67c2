import type { DocumentFilter } from '@twin/db/queries/document-filter';
import { listPassages, type NearChunk } from '@twin/db/queries/search';
import { findSearchRange } from '@twin/db/queries/search-range';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import { type ActiveEmbedder, findActiveEmbedder } from '../embedding-models/active-embedder.ts';
import type { SpentTokens } from '../ports.ts';
import { findRelevance } from './find-relevance.ts';
import { isFollowUp } from './follow-up.ts';
import { fuseByScore, type ScoredList } from './fuse.ts';
import type { Passage } from './passage.ts';
import { findAskedQuestion } from './question-words.ts';
import { doubtMinOf } from './relevance.ts';
import { rerank } from './rerank.ts';
import { searchByMeaning } from './search-by-meaning.ts';
import { searchByWords, type WordHits } from './search-by-words.ts';
import { spreadDocuments } from './spread-documents.ts';
import { standingQuestion } from './standing-question.ts';
import { trustInMeaning } from './trust-in-meaning.ts';

export interface RetrievalInput {
  question: string;
  /** Passages to return at most. */
  limit: number;
  /** Earlier questions of the conversation, the latest first: their words and directions count a little. */
  earlierQuestions?: readonly string[];
  /** The question as it was asked, where `question` is a rewriting that stands by itself: its words count half. */
  asAsked?: string | undefined;
  /** The part of the library to search; all of it when left out. */
  filter?: DocumentFilter | undefined;
  /** The model that answers searches, where the caller has found it already. */
  active?: Promise<ActiveEmbedder | undefined>;
  signal?: AbortSignal;
}

export interface Retrieval {
  /** Best first. */
  passages: Passage[];
  /** False when the question seems to have nothing to do with any document that was searched. */
  relevant: boolean;
  /** How surely it has: 1 and above is relevant. Comparable between questions and between libraries. */
  relevance: number;
  /** From here on to 1 it is in doubt whether any document has to do with the question, below none has. */
  doubtMin: number;
  /** What a reranker read and wrote for it. */
  spent?: SpentTokens | undefined;
  /** Whether the model that embeds, or the reranker, could not be asked. */
  degraded: boolean;
}

/** Each leg looks deeper than the answer needs, so that what both find a little can win. */
const legLimit = 50;
const perDocumentMax = 4;

/**
 * The passages that most likely answer a question: found by words and by meaning side by side, fused by score, spread
 * over documents; where a reranker is configured and the question is relevant, reranked. Works on words alone while the
 * model that answers cannot be asked or the embedding fails.
 *
 * @throws AppError `canceled` when the signal aborts.
 */
export async function retrieve(deps: Deps, scope: TwinScope, input: RetrievalInput): Promise<Retrieval> {
  const { limit, asAsked, signal } = input;
  const { question, earlierQuestions } = standingQuestion(input.question, input.earlierQuestions ?? []);
  const isLeaning = asAsked === undefined && earlierQuestions.length > 0 && isFollowUp(question);
  const { active = findActiveEmbedder(deps) } = input;
  const asked = findAskedQuestion(deps, scope, question, asAsked === undefined ? { earlierQuestions } : { asAsked });
  // What is known of a whole library was looked up with the question's words: asking by itself would be a statement more.
  const range =
    input.filter === undefined
      ? asked.then(({ wholeRange }) => wholeRange)
      : findSearchRange(deps.db, scope, input.filter);
  const embedder = active.then((found) => found?.embedder ?? deps.embedder);
  const [byWords, { near: byMeaning, failed }, searchWeight, trust, searched] = await Promise.all([
    asked.then(async (asked) => await searchByWords(deps, scope, { asked, range: await range, limit: legLimit })),
    searchByMeaning(deps, scope, {
      question,
      earlierQuestions: isLeaning ? earlierQuestions : [],
      active,
      range,
      limit: legLimit,
      signal,
    }),
    embedder.then((found) => found.searchWeight),
    embedder.then(async (found) => await trustInMeaning(found, question)),
    range,
  ]);
  if (signal?.aborted) throw new AppError('canceled', 'The search was stopped.');
  const fused = fuseByScore([
    wordList(byWords),
    {
      hits: byMeaning.map(({ chunkId, similarity }) => ({ id: chunkId, score: similarity })),
      weight: searchWeight * trust,
    },
  ]);
  const [candidates, found] = await Promise.all([
    describe(deps, scope, fused.slice(0, limit * 2), byMeaning),
    findRelevance(deps, scope, {
      asked: await asked,
      isLeaning,
      byWords,
      byMeaning,
      trust,
      active: await active,
      range: searched,
    }),
  ]);
  const relevance = candidates.length === 0 ? 0 : found;
  const relevant = relevance >= 1;
  const asRead = isLeaning ? [...earlierQuestions.slice(0, 1), question].join('\n') : question;
  const ranked = relevant
    ? await rerank(deps, { question: asRead, passages: candidates, signal })
    : { passages: candidates, spent: undefined, failed: false };
  const passages = spreadDocuments(ranked.passages, perDocumentMax).slice(0, limit);
  const doubtMin = doubtMinOf(searched.chunkCount, (await embedder).provider);
  return { passages, relevant, relevance, doubtMin, spent: ranked.spent, degraded: failed || ranked.failed };
}

/** Where not even the limit was reached, all other chunks hold none of the words and score 0. */
function wordList({ matches, isComplete }: WordHits): ScoredList<number> {
  const hits = matches.map(({ chunkId, score }) => ({ id: chunkId, score }));
  return { hits, weight: 1, ...(isComplete && { floor: 0 }) };
}

async function describe(
  deps: Deps,
  scope: TwinScope,
  fused: readonly { id: number; score: number }[],
  byMeaning: readonly NearChunk[],
): Promise<Passage[]> {
  const rows = await listPassages(
    deps.db,
    scope,
    fused.map(({ id }) => id),
  );
  const scores = new Map(fused.map(({ id, score }) => [id, score]));
  const similarities = new Map(byMeaning.map(({ chunkId, similarity }) => [chunkId, similarity]));
  return rows.map((row) => ({
    ...row,
    score: scores.get(row.chunkId) ?? 0,
    similarity: similarities.get(row.chunkId) ?? null,
  }));
}
