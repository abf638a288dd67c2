import { Folder, Quote, ShieldQuestionMark, Square } from 'lucide-react';
import type { ReactNode } from 'react';
import type { MessageView } from '../../views.ts';
import { AnswerFailure } from './answer-failure.tsx';
import { AnswerFooter } from './answer-footer.tsx';
import type { AnswerProgress } from './answer-progress.ts';
import { AnswerSteps } from './answer-steps.tsx';
import { AnswerText } from './answer-text.tsx';
import { useIsVisitor } from './audience.ts';
import { Refusal } from './refusal.tsx';
import { scopeWords } from './scope-words.ts';
import { SourceList } from './source-list.tsx';

interface AnswerProps {
  message: MessageView;
  /** Present while the answer is being written. */
  progress: AnswerProgress | null;
  readyDocuments: number | undefined;
  openAddress: string | undefined;
  /** True for the newest answer: only its failure is news. */
  isLast: boolean;
  onOpenCitation: (address: string) => void;
  /** Null while another answer is being written. */
  onRetry: (() => void) | null;
  /** Asks the whole library, where a part of it was asked. */
  onAskAll: (() => void) | null;
}

/** One answer in every state it can be in: searching, writing, done, quoted, refused, stopped, failed. */
export function Answer(props: AnswerProps) {
  const { message, progress, readyDocuments, openAddress, isLast, onOpenCitation, onRetry, onAskAll } = props;
  const over = message.state !== 'running';
  const isVisitor = useIsVisitor();
  return (
    <div className="flex flex-col gap-4">
      {progress !== null && (
        <AnswerSteps progress={{ ...progress, foundCount: message.sources.length }} readyDocuments={readyDocuments} />
      )}
      {message.scope !== null && (
        <Label icon={<Folder aria-hidden className="size-4" />}>Asked of {scopeWords(message.scope)} alone</Label>
      )}
      {message.outcome === 'quoted' && (
        <Label icon={<Quote aria-hidden className="size-4" />}>
          {isVisitor ? 'Quoted word for word' : whyQuoted(message)}
        </Label>
      )}
      {message.outcome === 'unsupported' && message.citations.length > 0 && (
        <Label icon={<ShieldQuestionMark aria-hidden className="size-4 shrink-0 text-warn" />}>
          Not a sure answer: quotes of what comes nearest
        </Label>
      )}
      {message.text !== '' && (
        <AnswerText message={message} writing={!over} openAddress={openAddress} onOpenCitation={onOpenCitation} />
      )}
      {over && <Refusal {...message} onAskAll={onAskAll} />}
      {over && message.outcome === 'answered' && message.unsupported.length > 0 && (
        <Label icon={<ShieldQuestionMark aria-hidden className="size-4 text-warn" />}>
          {message.unsupported.length === 1
            ? 'One sentence has no verified source. It is marked “?”.'
            : `${message.unsupported.length} sentences have no verified source. They are marked “?”.`}
        </Label>
      )}
      {message.state === 'stopped' && (
        <Label icon={<Square aria-hidden className="size-3.5" />}>
          {message.text === '' ? 'Stopped before the first word' : 'Stopped. What was written so far is kept.'}
        </Label>
      )}
      {message.state === 'failed' && <AnswerFailure message={message} isNews={isLast} onRetry={onRetry} />}
      {over && <SourceList message={message} onOpen={onOpenCitation} />}
      {over && message.text !== '' && message.outcome !== 'empty-library' && <AnswerFooter message={message} />}
    </div>
  );
}

function whyQuoted({ modelSkipped }: MessageView): string {
  return modelSkipped === 'token-budget'
    ? 'Quoted from your documents: the model’s tokens for today are used up'
    : 'Quoted from your documents, no model is configured';
}

function Label({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <p className="flex items-center gap-2 text-sm text-muted">
      {icon}
      {children}
    </p>
  );
}
