import { useId } from 'react';
import { classNames } from '../../components/class-names.ts';
import type { MessageView } from '../../views.ts';
import { Answer } from './answer.tsx';
import type { AnswerProgress } from './answer-progress.ts';
import { AnswerSteps } from './answer-steps.tsx';

/** Longer than this a question is set as text, not as a headline. */
const headlineCharactersMax = 140;

interface TurnProps {
  question: string;
  /** Undefined while the question is on its way to the server. */
  answer: MessageView | undefined;
  progress: AnswerProgress | null;
  readyDocuments: number | undefined;
  openAddress: string | undefined;
  isLast: boolean;
  onOpenCitation: (address: string) => void;
  /** Null while another answer is being written: a conversation takes one question at a time. */
  onAsk: ((question: string) => void) | null;
  /** The same of the whole library. */
  onAskAll: ((question: string) => void) | null;
}

/** A question and its answer, set like an interview: the question is the headline of what follows. */
export function Turn(props: TurnProps) {
  const { question, answer, progress, readyDocuments, openAddress, isLast, onOpenCitation, onAsk, onAskAll } = props;
  const headingId = useId();
  const isHeadline = question.length <= headlineCharactersMax && !question.includes('\n');
  return (
    <article aria-labelledby={headingId} className="turn">
      <h2
        id={headingId}
        className={classNames(
          'mb-5 break-words whitespace-pre-wrap',
          isHeadline
            ? 'font-voice text-[1.625rem] leading-snug font-semibold tracking-tight'
            : 'rounded-xl bg-sunken px-5 py-4 text-base leading-relaxed',
        )}
      >
        <span className="sr-only">You asked: </span>
        <span dir="auto" className="block">
          {question}
        </span>
      </h2>
      {answer === undefined ? (
        <AnswerSteps
          progress={{ step: 'starting', documentCount: null, retry: null, foundCount: 0 }}
          readyDocuments={readyDocuments}
        />
      ) : (
        <Answer
          message={answer}
          progress={progress}
          readyDocuments={readyDocuments}
          openAddress={openAddress}
          isLast={isLast}
          onOpenCitation={onOpenCitation}
          onRetry={onAsk && (() => onAsk(question))}
          onAskAll={onAskAll && (() => onAskAll(question))}
        />
      )}
    </article>
  );
}
