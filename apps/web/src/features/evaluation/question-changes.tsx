import { useId } from 'react';
import { formatDateTime, formatNumber } from '../../format.ts';
import type { DocumentTitles, EvaluationRun, QuestionChange, RunComparison } from '../../views.ts';
import { changeWords, expectsOtherwise } from './change-words.ts';
import { OpenedRow } from './opened-row.tsx';
import { ExpectedFact, ResultFacts } from './question-facts.tsx';

type Verdict = QuestionChange['verdict'];

const verdicts: Record<Verdict, { words: string; className: string }> = {
  worse: { words: 'Worse', className: 'text-danger' },
  mixed: { words: 'Otherwise', className: 'text-soft' },
  better: { words: 'Better', className: 'text-accent' },
  'only-before': { words: 'Only before', className: 'text-muted' },
  'only-after': { words: 'New', className: 'text-muted' },
};

/** The questions that two runs answered otherwise, each to be opened to what both said. */
export function QuestionChanges({ comparison }: { comparison: RunComparison }) {
  const { changes, unchangedCount } = comparison;
  const counts = Object.entries(verdicts).flatMap(([verdict, { words }]) => {
    const count = changes.filter((change) => change.verdict === verdict).length;
    return count === 0 ? [] : [`${count} ${words.toLowerCase()}`];
  });
  return (
    <>
      <h3 className="mt-8 font-semibold">Questions that changed</h3>
      <p className="mt-0.5 text-sm text-muted">
        {[...counts, `${formatNumber(unchangedCount)} alike`].join(', ')}.
        {changes.length > 0 && ' The worst comes first.'}
      </p>
      {changes.length > 0 && (
        <ul aria-label="Questions that changed" className="mt-3 divide-y divide-line border-y border-line">
          {changes.map((change) => {
            const { question, history } = change.question;
            return (
              <li key={JSON.stringify([question, history])}>
                <ChangeDetails change={change} comparison={comparison} />
              </li>
            );
          })}
        </ul>
      )}
    </>
  );
}

interface ChangeDetailsProps {
  change: QuestionChange;
  comparison: RunComparison;
}

function ChangeDetails({ change, comparison: { before, after, titles } }: ChangeDetailsProps) {
  const { words, className } = verdicts[change.verdict];
  const expectsOwn =
    change.before !== null && change.after !== null && expectsOtherwise(change.before.question, change.after.question);
  return (
    <OpenedRow
      title={change.question.question}
      note={changeWords(change) || undefined}
      verdict={<span className={className}>{words}</span>}
    >
      {!expectsOwn && (
        <dl className="flex flex-col gap-1 pb-4 pl-6 text-sm">
          <ExpectedFact question={change.question} titles={titles} />
        </dl>
      )}
      <div className="grid gap-4 pb-5 sm:grid-cols-2">
        <Standing title="Earlier" run={before} standing={change.before} titles={titles} expectsOwn={expectsOwn} />
        <Standing title="This run" run={after} standing={change.after} titles={titles} expectsOwn={expectsOwn} />
      </div>
    </OpenedRow>
  );
}

interface StandingProps {
  title: string;
  run: EvaluationRun;
  standing: QuestionChange['before'];
  titles: DocumentTitles;
  /** The other run expected something else. */
  expectsOwn: boolean;
}

function Standing({ title, run, standing, titles, expectsOwn }: StandingProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="min-w-0 rounded-xl border border-line bg-surface px-4 py-3 text-sm">
      <h4 id={id} className="font-semibold">
        {title} <span className="font-normal text-muted">{formatDateTime(run.createdAt)}</span>
      </h4>
      {standing === null ? (
        <p className="mt-2 text-soft">Not asked.</p>
      ) : (
        <dl className="mt-2 flex flex-col gap-1 [&>dd+dt]:mt-2">
          <ResultFacts question={standing.question} result={standing.result} titles={titles} />
          {expectsOwn && <ExpectedFact question={standing.question} titles={titles} />}
        </dl>
      )}
    </section>
  );
}
