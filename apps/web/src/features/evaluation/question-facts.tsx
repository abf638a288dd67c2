import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { formatNumber } from '../../format.ts';
import type { DocumentTitles, RunQuestion } from '../../views.ts';
import { formatShare } from './measure-words.ts';

type Question = RunQuestion['question'];

/** What is expected of a question. */
export function ExpectedFact({ question, titles }: { question: Question; titles: DocumentTitles }) {
  const { answerable, expected, answerTexts } = question;
  const sources = expected.map(({ documentId, quote }) => {
    const title = titles[documentId] ?? documentId;
    return quote === null ? title : `${title}: “${quote}”`;
  });
  const words = [...sources, ...answerTexts.map((text) => `“${text}” in the answer`)].join('; ') || 'An answer';
  return <Fact name="Expected">{answerable ? words : 'A refusal'}</Fact>;
}

interface ResultFactsProps {
  question: Question;
  result: NonNullable<RunQuestion['result']>;
  titles: DocumentTitles;
}

/** The search and the answer of a question in one run. */
export function ResultFacts({ question, result, titles }: ResultFactsProps) {
  const expected = new Set(question.expected.map(({ documentId }) => documentId));
  return (
    <>
      <Fact name="Found first">
        {result.ranking.length === 0 ? (
          'Nothing'
        ) : (
          <ol className="list-inside list-decimal marker:text-muted">
            {result.ranking.map((id) => (
              <li key={id}>
                <FoundDocument id={id} title={titles[id]} />
                {expected.has(id) && <span className="text-muted"> (expected)</span>}
              </li>
            ))}
          </ol>
        )}
      </Fact>
      <Fact name="Answer">
        {result.text === null ? (
          'Removed with a document that was read for it'
        ) : (
          <span className="whitespace-pre-wrap">{result.text}</span>
        )}
      </Fact>
      <Fact name="Measured">
        nDCG {formatShare(result.ndcg)}, passages {formatShare(result.passageRecall)}, quotes{' '}
        {formatShare(result.quotesVerified)} of {formatNumber(result.citationCount)}, {formatNumber(result.latencyMs)}{' '}
        ms
      </Fact>
    </>
  );
}

/** One that was deleted has an id alone, and leads nowhere. */
function FoundDocument({ id, title }: { id: string; title: string | undefined }) {
  if (title === undefined) return <span>{id}</span>;
  return (
    <Link
      to="/documents/$documentId"
      params={{ documentId: id }}
      className="inline-block min-w-6 py-0.5 underline decoration-line-strong underline-offset-3 hover:decoration-accent"
    >
      {title}
    </Link>
  );
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}
