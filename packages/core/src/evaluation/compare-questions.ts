import type { QuestionEvaluation } from './evaluate-question.ts';
import type { GoldenQuestion } from './golden-question.ts';
import { bootstrap, type MeanDifference, pairedBootstrap } from './paired-bootstrap.ts';
import { refusalF1 } from './refusal-metrics.ts';
import type { RunQuestion } from './runs.ts';
import { type QuestionMeasure, questionMeasures, type runMeasureNames } from './summarize-run.ts';

/** After minus before, over the questions that both runs asked and judged; null where there is none. */
export type MeasureDifferences = Record<(typeof runMeasureNames)[number], MeanDifference | null>;

/** What one run says of a question, to be held against what another says. */
export interface QuestionStanding {
  /** As this run expected it. */
  question: GoldenQuestion;
  result: QuestionEvaluation;
  /** Of the first expected document in the search, from 1; null where none is expected or among the first ten. */
  place: number | null;
  /** Refused as it should be, or not refused as it should not be. */
  isDecidedWell: boolean;
}

/** A question that two runs may have answered otherwise, or that one of them alone asked. */
export interface QuestionChange {
  /** As the later run asked it, if it did. */
  question: GoldenQuestion;
  verdict: 'worse' | 'better' | 'mixed' | 'only-before' | 'only-after';
  before: QuestionStanding | null;
  after: QuestionStanding | null;
  /** After minus before, of what both measured. */
  differences: Partial<Record<QuestionMeasure, number>>;
}

export interface QuestionComparison {
  differences: MeasureDifferences;
  /**
   * Those that changed. Of each measure their differences sum up to its mean difference times its count. Worst first: by all
   * measures and refusing well together; what one run alone asked comes last.
   */
  changes: QuestionChange[];
  unchangedCount: number;
}

/** Holds what two runs say of each question against one another. What a run has not asked yet is not there. */
export function compareQuestions(before: readonly RunQuestion[], after: readonly RunQuestion[]): QuestionComparison {
  const earlier = standingsOf(before);
  const later = standingsOf(after);
  const keys = [...new Set([...later.keys(), ...earlier.keys()])];
  const compared = keys.flatMap((key) => toChange(earlier.get(key) ?? null, later.get(key) ?? null) ?? []);
  const changes = compared.filter(isChange);
  return {
    differences: differencesOf(compared),
    changes: changes.toSorted((a, b) => order[a.verdict] - order[b.verdict] || gainOf(a) - gainOf(b)),
    unchangedCount: compared.length - changes.length,
  };
}

const order: Record<QuestionChange['verdict'], number> = {
  worse: 0,
  mixed: 1,
  better: 2,
  'only-before': 3,
  'only-after': 4,
};

function standingsOf(asked: readonly RunQuestion[]): Map<string, QuestionStanding> {
  const standings = asked.flatMap(({ question, result }): [string, QuestionStanding][] => {
    if (result === null) return [];
    const expected = new Set(question.expected.map(({ documentId }) => documentId));
    const place = result.ranking.findIndex((id) => expected.has(id)) + 1;
    const isDecidedWell = result.refused !== question.answerable;
    const key = JSON.stringify([question.question, question.history]);
    return [[key, { question, result, place: place === 0 ? null : place, isDecidedWell }]];
  });
  return new Map(standings);
}

function toChange(before: QuestionStanding | null, after: QuestionStanding | null): QuestionChange | undefined {
  const question = (after ?? before)?.question;
  if (question === undefined) return undefined;
  if (before === null || after === null) {
    return { question, verdict: after === null ? 'only-before' : 'only-after', before, after, differences: {} };
  }
  const measured = questionMeasures.flatMap((measure) => {
    const [then, now] = [before.result[measure], after.result[measure]];
    return then === null || now === null ? [] : [[measure, now - then] as const];
  });
  const compared = { question, before, after, differences: Object.fromEntries(measured) };
  const gain = gainOf(compared);
  return { verdict: gain === 0 ? 'mixed' : gain < 0 ? 'worse' : 'better', ...compared };
}

function gainOf({ before, after, differences }: Omit<QuestionChange, 'verdict'>): number {
  const decided = Number(after?.isDecidedWell ?? false) - Number(before?.isDecidedWell ?? false);
  return Object.values(differences).reduce((sum, difference) => sum + difference, decided);
}

/** What was measured in one run alone has changed too: an answer may have lost all that could be verified of it. */
function isChange({ before, after }: QuestionChange): boolean {
  if (before === null || after === null) return true;
  return (
    before.result.refused !== after.result.refused ||
    before.isDecidedWell !== after.isDecidedWell ||
    questionMeasures.some((measure) => before.result[measure] !== after.result[measure])
  );
}

function differencesOf(compared: readonly QuestionChange[]): MeasureDifferences {
  const entries = questionMeasures.map((measure) => {
    const differences = compared.flatMap((change) => change.differences[measure] ?? []);
    return [measure, pairedBootstrap(differences) ?? null] as const;
  });
  const ofMeans = Object.fromEntries(entries) as Record<QuestionMeasure, MeanDifference | null>;
  return { ...ofMeans, refusalF1: refusalDifference(compared) };
}

/** Null where no question that both asked is to be refused. A draw without one has no difference. */
function refusalDifference(compared: readonly QuestionChange[]): MeanDifference | null {
  const pairs = compared.flatMap(({ question, before, after }) => {
    const shouldRefuse = !question.answerable;
    return before && after ? [{ shouldRefuse, before: before.result.refused, after: after.result.refused }] : [];
  });
  if (!pairs.some(({ shouldRefuse }) => shouldRefuse)) return null;
  const f1Of = (drawn: readonly (typeof pairs)[number][], when: 'before' | 'after') =>
    refusalF1(drawn.map((pair) => ({ shouldRefuse: pair.shouldRefuse, refused: pair[when] }))) ?? 0;
  return bootstrap(pairs, (drawn) => f1Of(drawn, 'after') - f1Of(drawn, 'before')) ?? null;
}
