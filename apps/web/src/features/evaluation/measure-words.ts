import type { EvaluationRun } from '../../views.ts';

type Measures = NonNullable<EvaluationRun['measures']>;

/** What each measure is called, and what it says, in the order they are shown. */
export const shownMeasures = [
  { key: 'recall', name: 'Recall@10', says: 'Expected documents among the first ten found' },
  { key: 'reciprocalRank', name: 'MRR', says: 'How high the first expected document stands' },
  { key: 'ndcg', name: 'nDCG@10', says: 'How near the order is to the best one' },
  { key: 'passageRecall', name: 'Passages', says: 'Expected words among the passages an answer reads' },
  { key: 'answerContained', name: 'Answers', says: 'Answers that hold an expected text' },
  { key: 'quotesVerified', name: 'Quotes', says: 'Citations whose words stand where they say' },
  { key: 'refusalF1', name: 'Refusals', says: 'F1 of refusing what the documents do not answer' },
] as const satisfies readonly { key: keyof Measures; name: string; says: string }[];

/** "87.5 %", or a dash where nothing was there to measure. */
export function formatShare(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : `${(value * 100).toFixed(1)} %`;
}

/** "+2.5", in points of percent. */
export function formatPoints(value: number): string {
  const points = (value * 100).toFixed(1);
  return value > 0 ? `+${points}` : points.replace('-', '−');
}
