import { ArrowRight } from 'lucide-react';
import { formatCount } from '../../format.ts';
import { isEmptyLibrary } from '../../library-words.ts';
import type { TwinStatus } from '../../views.ts';
import { EmptyLibrary } from '../documents/empty-library.tsx';
import { greetingOf } from '../persona/greeting.ts';

interface WelcomeProps {
  status: TwinStatus;
  onAsk: (question: string) => void;
}

/** The page before the first question. With nothing to answer from, it says what the twin is and how to begin. */
export function Welcome({ status, onAsk }: WelcomeProps) {
  const { ready, inProgress } = status.documents;
  if (isEmptyLibrary(status)) {
    return <EmptyLibrary status={status} />;
  }
  return (
    <div className="mx-auto flex w-full max-w-measure flex-col px-5 py-10 sm:py-16">
      <h1 className="font-voice text-[2rem] leading-tight font-semibold tracking-tight text-balance sm:text-4xl">
        {greetingOf(status.persona)}
      </h1>
      {status.persona.bio !== '' && (
        <p dir="auto" className="mt-4 max-w-prose font-voice text-lg leading-relaxed whitespace-pre-line">
          {status.persona.bio}
        </p>
      )}
      <p className="mt-3 max-w-prose leading-relaxed text-pretty text-soft">
        {ready === 0
          ? nothingReadyWords(inProgress)
          : `Answers come from ${ready === 1 ? 'your one document' : `your ${formatCount(ready, 'document')}`}, and each claim carries the passage it stands on.`}
      </p>
      {inProgress > 0 && (
        <div className="mt-4">
          <ReadingNote count={inProgress} />
        </div>
      )}
      {status.samplesLoaded && status.sampleQuestions.length > 0 && (
        <SampleQuestions questions={status.sampleQuestions} disabled={ready === 0} onAsk={onAsk} />
      )}
    </div>
  );
}

function nothingReadyWords(inProgress: number): string {
  if (inProgress === 0) return 'None of your documents is ready. Their list says where each one stands.';
  return 'Your documents are being read. You can ask as soon as the first one is ready.';
}

/** Says that the library is still growing, and that what is there already answers. */
export function ReadingNote({ count }: { count: number }) {
  return (
    <output className="flex items-center gap-2.5 text-sm text-muted">
      <span aria-hidden className="size-2 animate-breathe rounded-full bg-accent" />
      {formatCount(count, 'document is', 'documents are')} still being read.
    </output>
  );
}

interface SampleQuestionsProps {
  questions: readonly string[];
  disabled: boolean;
  onAsk: (question: string) => void;
}

export function SampleQuestions({ questions, disabled, onAsk }: SampleQuestionsProps) {
  return (
    <section aria-labelledby="sample-questions" className="mt-10">
      <h2 id="sample-questions" className="text-sm font-medium text-muted">
        Try one of these
      </h2>
      <ul className="mt-2 border-t border-line">
        {questions.map((question) => (
          <li key={question} className="border-b border-line">
            <button
              type="button"
              disabled={disabled}
              onClick={() => onAsk(question)}
              className="group flex min-h-14 w-full items-center gap-4 py-3 text-left font-voice text-lg leading-snug transition-colors hover:text-accent disabled:text-muted"
            >
              <span className="flex-1">{question}</span>
              <ArrowRight
                aria-hidden
                className="size-5 shrink-0 text-muted transition-transform group-hover:translate-x-1 group-hover:text-accent"
              />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
