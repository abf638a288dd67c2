import type { DocumentTitles, RunQuestion } from '../../views.ts';
import { Section } from '../admin/section.tsx';
import { OpenedRow } from './opened-row.tsx';
import { ExpectedFact, Fact, ResultFacts } from './question-facts.tsx';

/** Every question of a run, those that went wrong first, each to be opened. */
export function RunQuestions({ questions, titles }: { questions: readonly RunQuestion[]; titles: DocumentTitles }) {
  const worstFirst = questions.toSorted((a, b) => problemsOf(b).length - problemsOf(a).length);
  return (
    <Section title="Questions" note="What went wrong comes first.">
      <ul className="divide-y divide-line border-y border-line">
        {worstFirst.map((asked) => (
          <li key={JSON.stringify([asked.question.question, asked.question.history])}>
            <QuestionDetails asked={asked} titles={titles} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function QuestionDetails({ asked, titles }: { asked: RunQuestion; titles: DocumentTitles }) {
  const { question, result } = asked;
  const problems = problemsOf(asked);
  const verdict = (
    <span className={problems.length > 0 ? 'text-danger' : 'text-muted'}>
      {result === null ? 'Not asked yet' : (problems[0] ?? 'Right')}
    </span>
  );
  return (
    <OpenedRow title={question.question} verdict={verdict}>
      {result !== null && (
        <dl className="grid gap-x-6 gap-y-2 pb-5 pl-6 text-sm sm:grid-cols-[8rem_1fr]">
          <ExpectedFact question={question} titles={titles} />
          <ResultFacts question={question} result={result} titles={titles} />
          {problems.length > 1 && <Fact name="Wrong">{problems.join(', ')}</Fact>}
        </dl>
      )}
    </OpenedRow>
  );
}

function problemsOf({ question, result }: RunQuestion): string[] {
  if (result === null) return [];
  return [
    question.answerable && result.refused && 'Refused in vain',
    !question.answerable && !result.refused && 'Not refused',
    result.recall !== null && result.recall < 1 && 'Document missed',
    result.passageRecall !== null && result.passageRecall < 1 && 'Passage missed',
    result.answerContained === 0 && 'Another answer',
    result.quotesVerified !== null && result.quotesVerified < 1 && 'Quote not verified',
  ].filter((problem) => problem !== false);
}
