import { Link } from '@tanstack/react-router';
import { ExternalLink, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { buttonClasses, IconButton } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { placeIn, stillSays } from '../../passage-excerpt.ts';
import { problemOf, problemWords } from '../../problem.ts';
import { ChangedPassage } from './changed-passage.tsx';
import type { CitedPassage } from './cite-address.ts';
import { KeptPassage } from './kept-passage.tsx';
import { KeptQuote } from './kept-quote.tsx';
import { PassagePlace } from './passage-place.tsx';
import { PassageViews } from './passage-views.tsx';
import { titleWords } from './title-words.ts';
import { usePassage } from './use-passage.ts';

interface PassageViewProps {
  /** Null when the conversation holds no such citation. */
  passage: CitedPassage | null;
  onClose: () => void;
}

/** The cited place in its document, or the words as they were when the document no longer has them. */
export function PassageView({ passage, onClose }: PassageViewProps) {
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => heading.current?.focus({ preventScroll: true }), []);

  return (
    <>
      <header className="flex items-start gap-3 border-b border-line py-3 pr-3 pl-5">
        {passage?.number != null && (
          <span
            aria-hidden
            className="tabular mt-1 grid h-6 min-w-6 place-items-center rounded-md bg-mark px-1.5 text-sm font-semibold text-mark-ink"
          >
            {passage.number}
          </span>
        )}
        <div className="min-w-0 flex-1 py-1">
          <h2 ref={heading} tabIndex={-1} className="leading-snug font-semibold break-words outline-none">
            {passage?.number != null && <span className="sr-only">Citation {passage.number}: </span>}
            <span dir="auto">{passage === null ? 'Source' : titleWords(passage.title)}</span>
          </h2>
          {passage !== null && <PassagePlace {...passage} />}
        </div>
        <IconButton label="Close source" onClick={onClose}>
          <X aria-hidden className="size-5" />
        </IconButton>
      </header>
      {passage === null ? (
        <div className="p-5">
          <Notice>This conversation has no such citation. The link may be older than the answer.</Notice>
        </div>
      ) : (
        <ShownPassage passage={passage} />
      )}
    </>
  );
}

function ShownPassage({ passage }: { passage: CitedPassage }) {
  const { kept, quote } = passage;
  return kept === undefined ? <PassageBody passage={passage} /> : <KeptPassage passage={kept} quote={quote} />;
}

function PassageBody({ passage }: { passage: CitedPassage }) {
  const { query, showMore } = usePassage(passage);
  const { documentId: id } = passage;
  const shown = query.data;

  if (passage.quote === '') {
    return (
      <div className="p-5">
        <Notice tone="warn">
          This document was deleted, and what was found in it with it. An answer keeps only what it cites.
        </Notice>
      </div>
    );
  }
  if (query.isError && shown === undefined) {
    return (
      <KeptQuote quote={passage.quote}>
        {problemOf(query.error).code === 'not-found'
          ? 'This document is no longer here. These are the words the answer was built on.'
          : problemWords(query.error)}
      </KeptQuote>
    );
  }
  if (shown === undefined) {
    return <output className="block animate-rise p-5 text-muted">Opening the document…</output>;
  }
  if (!stillSays(shown.text, { ...passage, ...placeIn(shown, passage) })) {
    return (
      <ChangedPassage versionId={shown.versionId} passage={passage}>
        <DocumentLink id={id} />
      </ChangedPassage>
    );
  }
  return (
    <>
      {!shown.isCurrent && (
        <div className="px-5 pt-4">
          <Notice>This is the version the answer was built on. A newer one has replaced it.</Notice>
        </div>
      )}
      <PassageViews shown={shown} passage={passage} onMore={showMore} />
      <footer className="border-t border-line px-5 py-3">
        <DocumentLink id={id} />
      </footer>
    </>
  );
}

function DocumentLink({ id }: { id: string }) {
  return (
    <Link
      to="/documents/$documentId"
      params={{ documentId: id }}
      className={buttonClasses('quiet', 'small') + ' -ml-3'}
    >
      <ExternalLink aria-hidden className="size-4" />
      Open document
    </Link>
  );
}
