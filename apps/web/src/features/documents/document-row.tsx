import { Link } from '@tanstack/react-router';
import { Fragment, useId } from 'react';
import { CheckBox } from '../../components/check-box.tsx';
import { classNames } from '../../components/class-names.ts';
import { ProgressLine } from '../../components/progress-line.tsx';
import type { DocumentView } from '../../views.ts';
import { DocumentActions } from './document-actions.tsx';
import { factsOf } from './document-facts.ts';
import { DocumentLabels } from './document-labels.tsx';
import { isToUnlock, isWorking, wordsOf } from './ingestion-words.ts';
import { StateBadge } from './state-badge.tsx';

interface DocumentRowProps {
  document: DocumentView;
  chosen: boolean;
  onChoose: (asRange: boolean) => void;
}

/** One document: what it is, how far it is, and what can be done with it. */
export function DocumentRow({ document, chosen, onChoose }: DocumentRowProps) {
  const titleId = useId();
  const words = wordsOf(document);
  const working = isWorking(document);
  const { error } = document.ingestion;

  return (
    <li aria-labelledby={titleId} className={classNames('border-b border-line py-4', chosen && 'bg-accent-wash')}>
      <div
        className={classNames(
          'grid items-start gap-x-3 gap-y-1.5 sm:grid-cols-[auto_minmax(0,1fr)_auto_auto]',
          working ? 'grid-cols-[auto_minmax(0,1fr)_auto_auto]' : 'grid-cols-[auto_minmax(0,1fr)_auto]',
        )}
      >
        <CheckBox checked={chosen} onChange={onChoose} label={`Choose ${document.title}`} />
        <div className="grid gap-x-6 gap-y-1.5 md:grid-cols-[minmax(0,1fr)_13rem]">
          <div className="min-w-0">
            <Link
              id={titleId}
              to="/documents/$documentId"
              params={{ documentId: document.id }}
              dir="auto"
              className="rounded font-voice text-lg leading-snug font-semibold break-words hover:text-accent hover:underline hover:underline-offset-4"
            >
              {document.title}
            </Link>
            <Facts facts={factsOf(document)} />
            <DocumentLabels document={document} />
          </div>
          <div className="min-w-0 md:pt-1">
            <StateBadge {...words} />
            {working && (
              <ProgressLine value={words.share} label={`${document.title}: ${words.label}`} className="mt-2 max-w-52" />
            )}
          </div>
        </div>
        <DocumentActions document={document} />
        {error !== null && (
          <p
            className={classNames(
              'col-[2/-1] text-sm leading-relaxed',
              isToUnlock(document.ingestion) ? 'text-soft' : 'text-danger',
            )}
          >
            {error.message}
          </p>
        )}
      </div>
    </li>
  );
}

/** In one line where there is room; else it breaks between facts, except that a long file name breaks in itself. */
function Facts({ facts }: { facts: readonly string[] }) {
  return (
    <p className="tabular mt-0.5 text-sm break-words text-muted">
      {facts.map((fact, at) => (
        <Fragment key={fact}>
          <span className={classNames(at > 0 && 'whitespace-nowrap')}>
            {fact}
            {at < facts.length - 1 && ' ·'}
          </span>{' '}
        </Fragment>
      ))}
    </p>
  );
}
