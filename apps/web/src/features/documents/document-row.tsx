import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import { CheckBox } from '../../components/check-box.tsx';
import { classNames } from '../../components/class-names.ts';
import { ProgressLine } from '../../components/progress-line.tsx';
import type { DocumentView } from '../../views.ts';
import { DocumentActions } from './document-actions.tsx';
import { factsOf } from './document-facts.ts';
import { DocumentLabels } from './document-labels.tsx';
import { isWorking, wordsOf } from './ingestion-words.ts';
import { StateBadge } from './state-badge.tsx';

interface DocumentRowProps {
  document: DocumentView;
  chosen: boolean;
  onChoose: () => void;
}

/** One document: what it is, how far it is, and what can be done with it. */
export function DocumentRow({ document, chosen, onChoose }: DocumentRowProps) {
  const titleId = useId();
  const words = wordsOf(document);
  const working = isWorking(document);
  const { error, remedy } = document.ingestion;

  return (
    <li aria-labelledby={titleId} className={classNames('border-b border-line py-4', chosen && 'bg-accent-wash')}>
      <div className="flex items-start gap-3">
        <CheckBox checked={chosen} onChange={onChoose} label={`Choose ${document.title}`} />
        <div className="grid min-w-0 flex-1 gap-x-6 gap-y-1.5 md:grid-cols-[minmax(0,1fr)_13rem]">
          <div className="min-w-0">
            <Link
              id={titleId}
              to="/documents/$documentId"
              params={{ documentId: document.id }}
              className="rounded font-voice text-lg leading-snug font-semibold break-words hover:text-accent hover:underline hover:underline-offset-4"
            >
              {document.title}
            </Link>
            <p className="tabular mt-0.5 text-sm break-words text-muted">{factsOf(document).join(' · ')}</p>
            <DocumentLabels document={document} />
          </div>
          <div className="min-w-0 md:pt-1">
            <StateBadge {...words} />
            {working && (
              <ProgressLine value={words.share} label={`${document.title}: ${words.label}`} className="mt-2 max-w-52" />
            )}
          </div>
          {error !== null && (
            <p
              className={classNames(
                'text-sm leading-relaxed md:col-span-2',
                remedy === 'password' ? 'text-soft' : 'text-danger',
              )}
            >
              {error.message}
            </p>
          )}
        </div>
        <DocumentActions document={document} />
      </div>
    </li>
  );
}
