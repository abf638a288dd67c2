import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareQuestions } from './compare-questions.ts';
import type { QuestionEvaluation } from './evaluate-question.ts';
import { refusalF1 } from './refusal-metrics.ts';
import type { RunQuestion } from './runs.ts';
import { questionMeasures } from './summarize-run.ts';

const found: QuestionEvaluation = {
  ranking: ['bees', 'refunds'],
  recall: 1,
  reciprocalRank: 1,
  ndcg: 1,
  passageRecall: 1,
  text: 'Forty thousand.',
  outcome: 'quoted',
  refused: false,
  citationCount: 1,
  quotesVerified: 1,
  answerContained: 1,
  latencyMs: 10,
};
const refusing = { outcome: 'nothing-relevant', refused: true, citationCount: 0, quotesVerified: null } as const;

function asked(name: string, result: Partial<QuestionEvaluation> | null, answerable = true): RunQuestion {
  const question = { question: name, history: [], answerable, expected: [{ documentId: 'bees', quote: null }] };
  return { question: { ...question, answerTexts: [] }, result: result && { ...found, ...result } };
}

test('what got worse comes first, the worst of it before the rest, and what one run alone asked last', () => {
  const second = { ranking: ['refunds', 'bees'], reciprocalRank: 0.5, ndcg: 0.63 };
  const before = [
    asked('gone', {}),
    asked('alike', {}),
    asked('better', second),
    asked('slipped', {}),
    asked('refused', {}),
    asked('unasked', {}),
    asked('mixed', { passageRecall: 0 }),
  ];
  const after = [
    asked('new', {}),
    asked('alike', { text: 'Forty thousand bees.', latencyMs: 99 }),
    asked('mixed', { answerContained: 0 }),
    asked('better', {}),
    asked('slipped', second),
    asked('refused', { ...refusing, answerContained: 0 }),
    asked('unasked', null),
  ];
  const { changes, unchangedCount } = compareQuestions(before, after);
  expect(changes.map((change) => [change.question.question, change.verdict])).toEqual([
    ['refused', 'worse'],
    ['slipped', 'worse'],
    ['mixed', 'mixed'],
    ['better', 'better'],
    ['gone', 'only-before'],
    ['unasked', 'only-before'],
    ['new', 'only-after'],
  ]);
  expect(unchangedCount).toBe(1);
  expect(changes[1]).toMatchObject({
    before: { place: 1 },
    after: { place: 2 },
    differences: { reciprocalRank: -0.5 },
  });
  expect(changes[0]).toMatchObject({ before: { isDecidedWell: true }, after: { isDecidedWell: false } });
});

test('what should be refused gets better by refusing it', () => {
  const { changes } = compareQuestions([asked('off topic', {}, false)], [asked('off topic', refusing, false)]);
  expect(changes).toMatchObject([{ verdict: 'better' }]);
});

test('an answer that has lost its quotes has changed, though there is nothing left to measure', () => {
  const { changes } = compareQuestions([asked('one', {})], [asked('one', { citationCount: 0, quotesVerified: null })]);
  expect(changes).toMatchObject([{ verdict: 'mixed', differences: { recall: 0 } }]);
});

const share = fc.option(fc.constantFrom(0, 0.25, 1 / 3, 0.5, 1));
const result = fc.record({
  recall: share,
  reciprocalRank: share,
  ndcg: share,
  passageRecall: share,
  quotesVerified: share,
  answerContained: share,
  refused: fc.boolean(),
});
const run = fc.uniqueArray(
  fc.record({ name: fc.integer({ min: 0, max: 12 }), result: fc.option(result, { freq: 8 }) }),
  { selector: ({ name }) => name, maxLength: 12 },
);

test('the changes that are listed sum up to the differences that are shown', () => {
  const toRun = (of: { name: number; result: Partial<QuestionEvaluation> | null }[]) =>
    of.map((one) => asked(`${one.name}`, one.result, one.name % 3 > 0));
  fc.assert(
    fc.property(run, run, (one, other) => {
      const [before, after] = [toRun(one), toRun(other)];
      const { differences, changes, unchangedCount } = compareQuestions(before, after);
      for (const measure of questionMeasures) {
        const { mean, count } = differences[measure] ?? { mean: 0, count: 0 };
        const sum = changes.reduce((all, change) => all + (change.differences[measure] ?? 0), 0);
        expect(sum).toBeCloseTo(mean * count, 9);
      }
      const names = (of: RunQuestion[]) => of.flatMap((each) => (each.result ? [each.question.question] : []));
      expect(changes.length + unchangedCount).toBe(new Set([...names(before), ...names(after)]).size);
      expectRefusalsExplained(before, after);
    }),
    { numRuns: 60 },
  );
});

/** Of what both asked: with the changes that are listed made to it, the one run refuses as the other does. */
function expectRefusalsExplained(before: RunQuestion[], after: RunQuestion[]): void {
  const { differences, changes } = compareQuestions(before, after);
  const changed = new Map(changes.map((change) => [change.question.question, change.after?.result.refused]));
  const both = before.filter(({ question, result }) => {
    const other = after.find((each) => each.question.question === question.question);
    return result !== null && other?.result != null;
  });
  const decisions = both.map(({ question, result }) => ({
    shouldRefuse: !question.answerable,
    refused: result?.refused ?? false,
    refusedAfter: changed.get(question.question) ?? result?.refused ?? false,
  }));
  const then = refusalF1(decisions);
  const now = refusalF1(decisions.map((decision) => ({ ...decision, refused: decision.refusedAfter })));
  expect(differences.refusalF1?.mean ?? null).toBe(then === undefined || now === undefined ? null : now - then);
}
