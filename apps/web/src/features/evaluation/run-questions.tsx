import { ChevronRight } from 'lucide-react';
import { formatNumber } from '../../format.ts';
import type { RunQuestion } from '../../views.ts';
import { Section } from '../admin/section.tsx';
import { formatShare } from './measure-words.ts';

/** Every question of a run, those that went wrong first, each to be opened. */
export function RunQuestions({ questions }: { questions: readonly RunQuestion[] }) {
  const worstFirst = questions.toSorted((a, b) => problemsOf(b).length - problemsOf(a).length);
  return (
    <Section title="Questions" note="What went wrong comes first.">
      <ul className="divide-y divide-line border-y border-line">
        {worstFirst.map((asked) => (
          <li key={JSON.stringify([asked.question.question, asked.question.history])}>
            <QuestionDetails asked={asked} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function QuestionDetails({ asked }: { asked: RunQuestion }) {
  const { question, result } = asked;
  const problems = problemsOf(asked);
  return (
    <details className="group">
      <summary className="target flex cursor-pointer list-none items-start gap-2 rounded-lg py-3 hover:bg-hover">
        <ChevronRight
          aria-hidden
          className="mt-1 size-4 shrink-0 text-muted transition-transform group-open:rotate-90"
        />
        <span className="min-w-0 flex-1 break-words">{question.question}</span>
        <span className={problems.length > 0 ? 'shrink-0 text-sm text-danger' : 'shrink-0 text-sm text-muted'}>
          {result === null ? 'Not asked yet' : (problems[0] ?? 'Right')}
        </span>
      </summary>
      {result !== null && (
        <dl className="grid gap-x-6 gap-y-2 pb-5 pl-6 text-sm sm:grid-cols-[8rem_1fr]">
          <Fact name="Expected">{expectedWords(question)}</Fact>
          <Fact name="Found first">{result.ranking.join(', ') || 'Nothing'}</Fact>
          <Fact name="Answer">
            {result.text === null ? (
              'Removed with a document that was read for it'
            ) : (
              <span className="whitespace-pre-wrap">{result.text}</span>
            )}
          </Fact>
          <Fact name="Measured">
            nDCG {formatShare(result.ndcg)}, passages {formatShare(result.passageRecall)}, quotes{' '}
            {formatShare(result.quotesVerified)} of {formatNumber(result.citationCount)},{' '}
            {formatNumber(result.latencyMs)} ms
          </Fact>
          {problems.length > 1 && <Fact name="Wrong">{problems.join(', ')}</Fact>}
        </dl>
      )}
    </details>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}

function expectedWords({ answerable, expected, answerTexts }: RunQuestion['question']): string {
  if (!answerable) return 'A refusal';
  const sources = expected.map(({ documentId, quote }) => (quote === null ? documentId : `${documentId}: “${quote}”`));
  return [...sources, ...answerTexts.map((text) => `“${text}” in the answer`)].join('; ') || 'An answer';
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
