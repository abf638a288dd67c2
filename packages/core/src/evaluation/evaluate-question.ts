import { findDocumentText } from '@twin/db/queries/document-texts';
import type { TwinScope } from '@twin/db/scope';
import { answerQuestion } from '../chat/answer-question.ts';
import type { AnswerOutcome, Citation } from '../chat/message-view.ts';
import type { Deps } from '../deps.ts';
import { retrieve } from '../retrieval/retrieve.ts';
import { evaluateRanking, type RankingEvaluation } from './evaluate-ranking.ts';
import type { GoldenQuestion } from './golden-question.ts';
import { holdsWords } from './holds-words.ts';

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
      golden.answerTexts.length === 0 ? null : Number(golden.answerTexts.some((wanted) => holdsWords(text, wanted))),
    latencyMs,
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
