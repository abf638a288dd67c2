import { average } from '@twin/core/evaluation/average';
import { areaUnderRoc, refusalF1 } from '@twin/core/evaluation/refusal-metrics';
import { quantile } from '@twin/core/quantile';
import type { QuestionResult } from './ask-question.ts';

/** One row of the table: a group of questions with a value for each measure that applies to it. */
export interface GroupSummary {
  group: string;
  questionCount: number;
  measures: Partial<Record<MeanMeasure, number>>;
}

export const meanMeasures = [
  'ndcg',
  'reciprocalRank',
  'recallAt3',
  'recallAt10',
  'answerHitAt1',
  'answerHitAt3',
  'sentenceHitAt1',
  'sentenceHitAt3',
  'goldSpanRecall',
] as const satisfies (keyof QuestionResult)[];
type MeanMeasure = (typeof meanMeasures)[number];

/** How the gate tells questions that the documents answer from questions about something else. */
export interface RefusalSummary {
  against: string;
  areaUnderRoc: number;
  refusalF1: number;
  /** Share of the questions with an answer that were refused. */
  refusedInVain: number;
  /** Share of the others that were answered. */
  answeredInVain: number;
}

/** All questions that have a judged document, then each group of them. */
export function summarizeGroups(results: readonly QuestionResult[]): GroupSummary[] {
  const judged = results.filter(({ ndcg }) => ndcg !== undefined);
  const groups = [...new Set(judged.flatMap(({ group }) => group ?? []))].toSorted();
  return [
    summarize('all', judged),
    ...groups.map((name) =>
      summarize(
        name,
        judged.filter(({ group }) => group === name),
      ),
    ),
  ];
}

function summarize(group: string, results: readonly QuestionResult[]): GroupSummary {
  const measures: GroupSummary['measures'] = {};
  for (const measure of meanMeasures) {
    const mean = average(results.map((result) => result[measure]));
    if (mean !== undefined) measures[measure] = mean;
  }
  return { group, questionCount: results.length, measures };
}

export function summarizeRefusal(
  against: string,
  answerable: readonly QuestionResult[],
  others: readonly QuestionResult[],
): RefusalSummary | undefined {
  const area = areaUnderRoc(answerable.map(relevanceOf), others.map(relevanceOf));
  const f1 = refusalF1([
    ...answerable.map(({ refused }) => ({ shouldRefuse: false, refused })),
    ...others.map(({ refused }) => ({ shouldRefuse: true, refused })),
  ]);
  if (area === undefined || f1 === undefined) return undefined;
  return {
    against,
    areaUnderRoc: area,
    refusalF1: f1,
    refusedInVain: answerable.filter(({ refused }) => refused).length / answerable.length,
    answeredInVain: others.filter(({ refused }) => !refused).length / others.length,
  };
}

function relevanceOf({ relevance }: QuestionResult): number {
  return relevance;
}

export function summarizeSpeed(results: readonly QuestionResult[]) {
  const durations = results.map(({ retrieveMs }) => retrieveMs);
  return { p50: quantile(durations, 0.5) ?? 0, p95: quantile(durations, 0.95) ?? 0 };
}
