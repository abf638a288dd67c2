import type { DocumentFilter } from '@twin/db/queries/document-filter';
import { findActiveEmbeddingModel } from '@twin/db/queries/embedding-models';
import { listTextLexemes } from '@twin/db/queries/lexemes';
import { countSearchableDocuments } from '@twin/db/queries/library';
import {
  findChunksByWords,
  findNearestChunks,
  listPassages,
  type NearChunk,
  type WordMatch,
} from '@twin/db/queries/search';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import { embedQuestionOnce } from './embed-question-once.ts';
import { isFollowUp } from './follow-up.ts';
import { fuseByScore, type ScoredList } from './fuse.ts';
import { relevanceOf } from './is-relevant.ts';
import type { Passage } from './passage.ts';
import { findQuestionWords, type QuestionWords, weightedCoverage } from './question-words.ts';
import { spreadDocuments } from './spread-documents.ts';

export interface RetrievalInput {
  question: string;
  /** Passages to return at most. */
  limit: number;
  /** Earlier questions of the conversation, the latest first: their words count a little. */
  earlierQuestions?: readonly string[];
  /** The part of the library to search; all of it when left out. */
  filter?: DocumentFilter | undefined;
  signal?: AbortSignal;
}

export interface Retrieval {
  /** Best first. */
  passages: Passage[];
  /** False when the question seems to have nothing to do with any of them. */
  relevant: boolean;
  /** How surely they are: 1 and above is relevant. Comparable between questions of one library. */
  relevance: number;
  /** Documents that were searched. */
  documentCount: number;
}

/** Each leg looks deeper than the answer needs, so that what both find a little can win. */
const legLimit = 50;
const perDocumentMax = 4;
const passagesJudgedMax = 8;
/** A question waits this long for a remote embedding; then the words alone must do. */
const questionEmbeddingMsMax = 8_000;
/**
 * Beside the words, the built-in model finds what they miss and must not outvote them. At 0, 0.3, 0.5 and 1: MRR@10 of
 * 1,190 questions to 240 encyclopedia paragraphs 96.5, 96.8, 96.5, 95.3; of 100 questions to documentation 83.1, 84.6,
 * 82.8, 80.3; nDCG@10 of 225 questions to abstracts 52.6, 52.8, 52.0, 48.5. A remote model is taken as their equal, unmeasured.
 */
const denseWeights = { builtin: 0.3, openai: 1 } as const;
/**
 * Of 527 questions within conversations, nDCG@10 by this weight: 74.5 at 0.3, 75.3 at 0.5, 75.2 at 0.7. As a
 * list of its own the previous question lifts what both find and cannot lead the search away, as joining the two would.
 */
const earlierQuestionWeight = 0.5;

/**
 * The passages that most likely answer a question: found by words and by meaning side by side, fused by score, spread
 * over documents. Works on words alone while the active vectors are another model's or the embedding fails.
 *
 * @throws AppError `canceled` when the signal aborts.
 */
export async function retrieve(deps: Deps, scope: TwinScope, input: RetrievalInput): Promise<Retrieval> {
  const { question, limit, filter } = input;
  const [previous] = input.earlierQuestions ?? [];
  const leaning = previous !== undefined && isFollowUp(question);
  const [byWords, byEarlierWords, byMeaning, words, wordsWithEarlier, documentCount] = await Promise.all([
    findChunksByWords(deps.db, scope, { question, limit: legLimit, filter }),
    previous === undefined ? [] : findChunksByWords(deps.db, scope, { question: previous, limit: legLimit, filter }),
    findByMeaning(deps, scope, input),
    findQuestionWords(deps, scope, question),
    leaning ? findQuestionWords(deps, scope, `${question} ${previous}`) : undefined,
    countSearchableDocuments(deps.db, scope, filter),
  ]);
  if (input.signal?.aborted) throw new AppError('canceled', 'The search was stopped.');
  const fused = fuseByScore([
    wordList(byWords, 1),
    {
      hits: byMeaning.map(({ chunkId, similarity }) => ({ id: chunkId, score: similarity })),
      weight: denseWeights[deps.embedder.provider],
    },
    wordList(byEarlierWords, earlierQuestionWeight),
  ]);
  const similarities = new Map(byMeaning.map(({ chunkId, similarity }) => [chunkId, similarity]));
  const candidates = await describe(deps, scope, fused.slice(0, limit * 2), similarities);
  const passages = spreadDocuments(candidates, perDocumentMax).slice(0, limit);
  const relevance = await judge(deps, passages, words, wordsWithEarlier);
  return { passages, relevant: relevance >= 1, relevance, documentCount };
}

/** Where not even the limit was reached, all other chunks hold none of the words and score 0. */
function wordList(matches: readonly WordMatch[], weight: number): ScoredList<number> {
  const hits = matches.map(({ chunkId, score }) => ({ id: chunkId, score }));
  return matches.length < legLimit ? { hits, weight, floor: 0 } : { hits, weight };
}

async function findByMeaning(deps: Deps, scope: TwinScope, input: RetrievalInput): Promise<NearChunk[]> {
  const model = await findActiveEmbeddingModel(deps.db);
  const { provider, modelName, dimensions } = deps.embedder;
  if (model?.provider !== provider || model.name !== modelName) return [];
  if (dimensions !== undefined && dimensions !== model.dimensions) return [];
  const embedding = await embedQuestion(deps, scope, input);
  if (embedding?.length !== model.dimensions) return [];
  return await findNearestChunks(deps.db, scope, {
    modelId: model.id,
    embedding,
    limit: legLimit,
    filter: input.filter,
  });
}

async function embedQuestion(
  deps: Deps,
  scope: TwinScope,
  { question, signal }: RetrievalInput,
): Promise<Float32Array | undefined> {
  const deadline = AbortSignal.timeout(questionEmbeddingMsMax);
  try {
    const both = signal ? AbortSignal.any([signal, deadline]) : deadline;
    return await embedQuestionOnce(deps, scope, question, both);
  } catch (error) {
    if (signal?.aborted) throw new AppError('canceled', 'The search was stopped.', { cause: error });
    deps.logger.warn({ err: error }, 'The question could not be embedded; searching by words alone');
    return undefined;
  }
}

async function describe(
  deps: Deps,
  scope: TwinScope,
  fused: readonly { id: number; score: number }[],
  similarities: ReadonlyMap<number, number>,
): Promise<Passage[]> {
  const rows = await listPassages(
    deps.db,
    scope,
    fused.map(({ id }) => id),
  );
  const scores = new Map(fused.map(({ id, score }) => [id, score]));
  return rows.map((row) => ({
    ...row,
    score: scores.get(row.chunkId) ?? 0,
    similarity: similarities.get(row.chunkId) ?? null,
  }));
}

/**
 * How surely the passages have to do with the question, by the words they hold; the title and headings they stand under
 * count. For a question that leans on an earlier one, the words of both may carry it. The best few decide, so that asking
 * for more passages lets no more questions through.
 */
async function judge(
  deps: Deps,
  passages: readonly Passage[],
  words: QuestionWords,
  wordsWithEarlier: QuestionWords | undefined,
): Promise<number> {
  const judged = passages.slice(0, passagesJudgedMax);
  const texts = judged.map(({ documentTitle, headingPath, content }) =>
    [documentTitle, ...headingPath, content].join('\n'),
  );
  const lexemes = (await listTextLexemes(deps.db, texts)).map((held) => new Set(held));
  const relevanceTo = (asked: QuestionWords): number => {
    const evidence = judged.map(({ similarity }, index) => {
      return { weightedCoverage: weightedCoverage(asked, lexemes[index] ?? new Set()), similarity };
    });
    return relevanceOf(asked.size, evidence, deps.embedder.provider);
  };
  return Math.max(relevanceTo(words), wordsWithEarlier === undefined ? 0 : relevanceTo(wordsWithEarlier));
}
