import { Search } from 'lucide-react';
import { formatCount, formatWait } from '../../format.ts';
import type { AnswerProgress } from './answer-progress.ts';
import { useIsVisitor } from './audience.ts';

interface AnswerStepsProps {
  progress: Pick<AnswerProgress, 'step' | 'documentCount' | 'retry'> & { foundCount: number };
  /** What is known before the server has said how many documents it searches. */
  readyDocuments: number | undefined;
}

/** The line that says what is happening until the first word of the answer is there. */
export function AnswerSteps({ progress, readyDocuments }: AnswerStepsProps) {
  const isVisitor = useIsVisitor();
  const sentence = isVisitor ? visitorSentences[progress.step] : sentenceOf(progress, readyDocuments);
  if (sentence === null) {
    return null;
  }
  return (
    <p className="flex animate-rise items-center gap-2.5 text-[0.9375rem] text-muted">
      <Search aria-hidden className="size-4 shrink-0 animate-breathe text-accent" />
      {sentence}
    </p>
  );
}

/** Without the figures, which are the owner's. */
const visitorSentences: Record<AnswerProgress['step'], string | null> = {
  starting: 'Searching the documents…',
  searching: 'Searching the documents…',
  found: 'Writing the answer…',
  writing: null,
  over: null,
};

function sentenceOf(
  { step, documentCount, retry, foundCount }: AnswerStepsProps['progress'],
  readyDocuments: number | undefined,
): string | null {
  if (retry !== null) {
    return `${firstSentenceOf(retry.reason)} Trying again in ${formatWait(retry.waitMs)}…`;
  }
  if (step === 'found') {
    return foundCount === 0
      ? 'No passage found yet…'
      : `Found ${formatCount(foundCount, 'passage')}. Writing the answer…`;
  }
  if (step === 'starting' || step === 'searching') {
    const count = documentCount ?? readyDocuments;
    return count === undefined ? 'Searching your documents…' : `Searching ${formatCount(count, 'document')}…`;
  }
  return null;
}

/** What happened, without the advice that follows it: nobody has to do anything while the server tries by itself. */
function firstSentenceOf(reason: string): string {
  return /^.*?\.(?= |$)/.exec(reason)?.[0] ?? reason;
}
