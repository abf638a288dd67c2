import { formatCount } from '../../format.ts';
import type { PublicFace } from '../../views.ts';
import { SampleQuestions } from '../chat/welcome.tsx';
import { greetingOf } from '../persona/greeting.ts';

interface VisitorWelcomeProps {
  twin: PublicFace;
  onAsk: (question: string) => void;
}

/** The page before a visitor's first question: who this is, what answers, and what is kept. */
export function VisitorWelcome({ twin, onAsk }: VisitorWelcomeProps) {
  const { bio, hasDocuments, suggestedQuestions, keptDays } = twin;
  return (
    <div className="relative min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex w-full max-w-measure flex-col px-5 py-10 sm:py-16">
        <h1 className="font-voice text-[2rem] leading-tight font-semibold tracking-tight text-balance sm:text-4xl">
          {greetingOf(twin)}
        </h1>
        {bio !== '' && (
          <p dir="auto" className="mt-4 max-w-prose font-voice text-lg leading-relaxed whitespace-pre-line">
            {bio}
          </p>
        )}
        <p className="mt-3 max-w-prose leading-relaxed text-pretty text-soft">
          {hasDocuments
            ? 'You are talking to software. Its answers come from documents, and each claim carries the words it stands on.'
            : 'There is nothing to answer from yet: this twin has no documents. Come back later.'}
        </p>
        {hasDocuments && suggestedQuestions.length > 0 && (
          <SampleQuestions questions={suggestedQuestions} disabled={false} onAsk={onAsk} />
        )}
        <p className="mt-10 max-w-prose text-sm leading-relaxed text-muted">
          What you ask is kept on the server of the twin’s owner until {formatCount(keptDays, 'day')} after your last
          question. You can delete it before, under “Your conversations”.
        </p>
      </div>
    </div>
  );
}
