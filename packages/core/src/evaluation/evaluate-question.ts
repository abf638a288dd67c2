import { findDocumentText } from '@twin/db/queries/document-texts';
import type { TwinScope } from '@twin/db/scope';
import { answerQuestion } from '../chat/answer-question.ts';
import { earlierQuestionsOf } from '../chat/earlier-questions.ts';
import type { AnswerOutcome, Citation } from '../chat/message-view.ts';
import type { Deps } from '../deps.ts';
import type { Passage } from '../retrieval/passage.ts';
import { type RetrievalInput, retrieve } from '../retrieval/retrieve.ts';
import type { GoldenQuestion } from './golden-question.ts';
import { ndcgAt, recallAt, reciprocalRankAt } from './ranking-metrics.ts';

/** What one question came to. Measures are 0 to 1; null where nothing is expected that could be measured. */
export interface QuestionEvaluation extends RankingEvaluation {
  /** The answer, as it was given. */
  text: string;
  outcome: AnswerOutcome;
  refused: boolean;
  citationCount: number;
  /** Share of the citations whose words stand in the document, at the place they name. */
  quotesVerified: number | null;
  /** Whether the answer holds one of the texts that make it right. */
  answerContained: number | null;
  /** From the question to the end of the answer. */
  latencyMs: number;
}

export interface RankingEvaluation {
  /** Documents by their best passage, best first, ten at most. */
  ranking: string[];
  recall: number | null;
  reciprocalRank: number | null;
  ndcg: number | null;
  /** Share of the expected quotes that the passages found hold. */
  passageRecall: number | null;
}

const depth = 10;
/** Passages looked at, so that ten different documents are among them. */
const passagesRanked = 50;
/** As many as an answer reads. */
const passagesRead = 8;

/**
 * Asks the product one question, as a visitor would, and holds what comes against what is expected.
 * @throws AppError of the model's endpoint, or `canceled`.
 */
export async function evaluateQuestion(
  deps: Deps,
  scope: TwinScope,
  golden: GoldenQuestion,
  signal: AbortSignal,
): Promise<QuestionEvaluation> {
  const ranking = await evaluateRanking(golden, async (input) => {
    return (await retrieve(deps, scope, { ...input, signal })).passages;
  });
  const started = performance.now();
  const answer = answerQuestion(deps, scope, { question: golden.question, history: golden.history, signal });
  const citations: Citation[] = [];
  let text = '';
  let step = await answer.next();
  for (; !step.done; step = await answer.next()) {
    if (step.value.type === 'text-delta') text += step.value.text;
    if (step.value.type === 'citation-add') citations.push(step.value.citation);
  }
  const latencyMs = Math.round(performance.now() - started);
  const { outcome } = step.value;
  return {
    ...ranking,
    text,
    outcome,
    refused: outcome !== 'answered' && outcome !== 'quoted',
    citationCount: citations.length,
    quotesVerified: await shareVerified(deps, scope, citations),
    answerContained:
      golden.answerTexts.length === 0 ? null : Number(golden.answerTexts.some((wanted) => holds(text, wanted))),
    latencyMs,
  };
}

/**
 * How well a search finds what is expected. The search is given by the caller, so that an index that does not answer
 * questions yet can be measured before it does.
 */
async function evaluateRanking(
  golden: GoldenQuestion,
  search: (input: RetrievalInput) => Promise<readonly Passage[]>,
): Promise<RankingEvaluation> {
  const earlierQuestions = earlierQuestionsOf(golden.history);
  const passages = await search({ question: golden.question, limit: passagesRanked, earlierQuestions });
  const ranking = [...new Set(passages.map(({ documentId }) => documentId))];
  const judgements = new Map(golden.expected.map(({ documentId }) => [documentId, 1]));
  const quotes = golden.expected.flatMap(({ quote }) => quote ?? []);
  const read = passages.slice(0, passagesRead);
  const found = quotes.filter((quote) => read.some(({ content }) => holds(content, quote)));
  return {
    ranking: ranking.slice(0, depth),
    recall: recallAt(depth, ranking, judgements) ?? null,
    reciprocalRank: reciprocalRankAt(depth, ranking, judgements) ?? null,
    ndcg: ndcgAt(depth, ranking, judgements) ?? null,
    passageRecall: quotes.length === 0 ? null : found.length / quotes.length,
  };
}

async function shareVerified(deps: Deps, scope: TwinScope, citations: readonly Citation[]): Promise<number | null> {
  if (citations.length === 0) return null;
  let verified = 0;
  for (const { versionId, startOffset, endOffset, quote } of citations) {
    const text = await findDocumentText(deps.db, scope, versionId);
    if (text?.canonicalText.slice(startOffset, endOffset) === quote) verified += 1;
  }
  return verified / citations.length;
}

/** Case, white space and Markdown's escapes aside. */
function holds(text: string, wanted: string): boolean {
  return folded(text).includes(folded(wanted));
}

function folded(text: string): string {
  return text
    .replaceAll(/\\(?=[^\w\s])/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}
