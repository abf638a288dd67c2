import { quantile } from '../quantile.ts';
import { average } from './average.ts';
import type { QuestionEvaluation } from './evaluate-question.ts';
import type { GoldenQuestion } from './golden-question.ts';
import { refusalF1 } from './refusal-metrics.ts';

/** A question as it stood in a run, with what it came to. */
export interface AskedQuestion {
  question: GoldenQuestion;
  result: QuestionEvaluation;
}

/** What a run came to: means over its questions, 0 to 1 except the durations; null where no question is judged so. */
export interface RunMeasures {
  recall: number | null;
  reciprocalRank: number | null;
  ndcg: number | null;
  passageRecall: number | null;
  refusalF1: number | null;
  quotesVerified: number | null;
  answerContained: number | null;
  latencyMsP50: number;
  latencyMsP95: number;
}

/** The measures that are means over questions, so that two runs can be compared question by question. */
export const questionMeasures = [
  'recall',
  'reciprocalRank',
  'ndcg',
  'passageRecall',
  'quotesVerified',
  'answerContained',
] as const;
/** Every measure that is a share, as a floor for a run may name it. */
export const runMeasureNames = [...questionMeasures, 'refusalF1'] as const;
export type QuestionMeasure = (typeof questionMeasures)[number];

export function summarizeRun(asked: readonly AskedQuestion[]): RunMeasures {
  const mean = (measure: QuestionMeasure) => average(asked.map(({ result }) => result[measure] ?? undefined)) ?? null;
  const latencies = asked.map(({ result }) => result.latencyMs);
  const decisions = asked.map(({ question, result }) => ({
    shouldRefuse: !question.answerable,
    refused: result.refused,
  }));
  return {
    recall: mean('recall'),
    reciprocalRank: mean('reciprocalRank'),
    ndcg: mean('ndcg'),
    passageRecall: mean('passageRecall'),
    refusalF1: refusalF1(decisions) ?? null,
    quotesVerified: mean('quotesVerified'),
    answerContained: mean('answerContained'),
    latencyMsP50: quantile(latencies, 0.5) ?? 0,
    latencyMsP95: quantile(latencies, 0.95) ?? 0,
  };
}
