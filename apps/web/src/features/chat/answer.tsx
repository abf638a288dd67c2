import { Link } from '@tanstack/react-router';
import { Quote, SearchX, Square } from 'lucide-react';
import type { ReactNode } from 'react';
import { buttonClasses } from '../../components/button.tsx';
import type { MessageView } from '../../views.ts';
import { AnswerFailure } from './answer-failure.tsx';
import { AnswerFooter } from './answer-footer.tsx';
import type { AnswerProgress } from './answer-progress.ts';
import { AnswerSteps } from './answer-steps.tsx';
import { AnswerText } from './answer-text.tsx';
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
  onRetry: () => void;
}

/** One answer in every state it can be in: searching, writing, done, quoted, without a hit, stopped, failed. */
export function Answer(props: AnswerProps) {
  const { message, progress, readyDocuments, openAddress, isLast, onOpenCitation, onRetry } = props;
  const over = message.state !== 'running';
  return (
    <div className="flex flex-col gap-4">
      {progress !== null && (
        <AnswerSteps progress={{ ...progress, foundCount: message.sources.length }} readyDocuments={readyDocuments} />
      )}
      {message.outcome === 'quoted' && (
        <Label icon={<Quote aria-hidden className="size-4" />}>
          {message.model === null ? 'Quoted from your documents, no model is configured' : 'Quoted from your documents'}
        </Label>
      )}
      {message.outcome === 'nothing-relevant' && (
        <Label icon={<SearchX aria-hidden className="size-4" />}>Not in your documents</Label>
      )}
      {message.text !== '' && (
        <AnswerText message={message} writing={!over} openAddress={openAddress} onOpenCitation={onOpenCitation} />
      )}
      {message.state === 'stopped' && (
        <Label icon={<Square aria-hidden className="size-3.5" />}>
          {message.text === '' ? 'Stopped before the first word' : 'Stopped. What was written so far is kept.'}
        </Label>
      )}
      {message.outcome === 'empty-library' && (
        <div>
          <Link to="/documents" className={buttonClasses('solid')}>
            Add documents
          </Link>
        </div>
      )}
      {message.state === 'failed' && <AnswerFailure message={message} isNews={isLast} onRetry={onRetry} />}
      {over && <SourceList message={message} onOpen={onOpenCitation} />}
      {over && message.text !== '' && message.outcome !== 'empty-library' && <AnswerFooter message={message} />}
    </div>
  );
}

function Label({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <p className="flex items-center gap-2 text-sm text-muted">
      {icon}
      {children}
    </p>
  );
}
