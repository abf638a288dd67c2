import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { buttonClasses } from '../../components/button.tsx';
import { LoadState } from '../../components/load-state.tsx';
import { Notice } from '../../components/notice.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { ProgressLine } from '../../components/progress-line.tsx';
import { textBars } from '../../components/skeleton.tsx';
import { formatBytes, formatDateTime, formatNumber } from '../../format.ts';
import { trpc } from '../../trpc.ts';
import type { DocumentView } from '../../views.ts';
import { coverageOf, kindOf, pageNoun } from './document-facts.ts';
import { DocumentLabels } from './document-labels.tsx';
import { DocumentPageActions } from './document-page-actions.tsx';
import { DocumentTextView } from './document-text-view.tsx';
import { pathOf } from './file-folder.ts';
import { isToUnlock, isWorking, wordsOf } from './ingestion-words.ts';
import { RetryButton } from './retry-button.tsx';
import { StateBadge } from './state-badge.tsx';
import { UnlockButton } from './unlock-button.tsx';
import { useWatchedDocuments } from './use-watched-documents.ts';

/** One document: what is known of it, what was noticed while reading it, and its text as the twin knows it. */
export function DocumentScreen({ documentId }: { documentId: string }) {
  const query = useQuery(trpc.documents.get.queryOptions({ id: documentId }));
  useWatchedDocuments();
  const document = query.data;
  return (
    <div className="mx-auto w-full max-w-4xl px-5 pt-4 pb-20">
      <PageTitle title={document?.title ?? 'Document'} />
      <Link to="/documents" className={`${buttonClasses('quiet', 'small')} -ml-3`}>
        <ArrowLeft aria-hidden className="size-4" />
        All documents
      </Link>
      {document !== undefined && <Contents document={document} />}
      {document === undefined && (
        <LoadState
          query={query}
          label="Loading the document"
          bars={['h-8 w-2/3', 'mb-4 h-4 w-1/4', ...textBars]}
          className="mt-6"
        />
      )}
    </div>
  );
}

function Contents({ document }: { document: DocumentView }) {
  const words = wordsOf(document);
  return (
    <>
      <div className="mt-3 flex flex-wrap items-start justify-between gap-x-8 gap-y-4">
        <h1
          dir="auto"
          className="min-w-0 flex-1 basis-72 font-voice text-2xl leading-tight sm:text-3xl font-semibold tracking-tight break-words"
        >
          {document.title}
        </h1>
        <DocumentPageActions document={document} />
      </div>
      <div className="mt-3">
        <StateBadge {...words} />
        {isWorking(document) && <ProgressLine value={words.share} label={words.label} className="mt-2 max-w-64" />}
      </div>
      <DocumentLabels document={document} removable />
      <ReadingNotes ingestion={document.ingestion} />
      <div className="mt-3 empty:hidden">
        {document.ingestion.remedy === 'password' && <UnlockButton document={document} />}
        {document.ingestion.remedy === 'retry' && <RetryButton document={document} />}
      </div>
      <Facts document={document} />
      {document.searchable && (
        <DocumentTextView
          documentId={document.id}
          pageKind={pageNoun(document)}
          versionId={document.ingestion.stage === 'ready' ? document.ingestion.versionId : null}
        />
      )}
    </>
  );
}

/** Why it could not be read, or what was noticed on the way. */
function ReadingNotes({ ingestion }: Pick<DocumentView, 'ingestion'>) {
  const { error, warnings } = ingestion;
  return (
    <div className="mt-5 flex flex-col gap-3 empty:hidden">
      {error !== null && <Notice tone={isToUnlock(ingestion) ? 'warn' : 'danger'}>{error.message}</Notice>}
      {warnings.length > 0 && (
        <Notice>
          <ul className="flex flex-col gap-1">
            {warnings.map((warning, at) => (
              // Two parts may be remarked on alike, and none ever moves.
              <li key={at}>{warning}</li>
            ))}
          </ul>
        </Notice>
      )}
    </div>
  );
}

function Facts({ document }: { document: DocumentView }) {
  const { metadata, chunkCount, characterCount, versionNumber } = document.ingestion;
  const { pages, recognised, textless, leftOut } = coverageOf(document);
  return (
    <dl className="tabular mt-8 grid grid-cols-2 gap-x-6 gap-y-5 border-y border-line py-5 text-[0.9375rem] sm:grid-cols-4">
      <Fact name="File">{pathOf(document)}</Fact>
      <Fact name="Type">{kindOf(document)}</Fact>
      <Fact name="Size">{formatBytes(document.byteSize)}</Fact>
      <Fact name="Added">{formatDateTime(document.createdAt)}</Fact>
      {pages !== null && <Fact name={pageNoun(document) === 'slide' ? 'Slides' : 'Pages'}>{pages}</Fact>}
      {recognised !== null && <Fact name="Read by OCR">{recognised}</Fact>}
      {textless !== null && <Fact name="Without text">{textless}</Fact>}
      {leftOut !== null && <Fact name="Not looked at">{leftOut}</Fact>}
      {chunkCount !== null && <Fact name="Passages">{formatNumber(chunkCount)}</Fact>}
      {characterCount !== null && <Fact name="Characters">{formatNumber(characterCount)}</Fact>}
      <Fact name="Version">{formatNumber(versionNumber)}</Fact>
      {Object.entries(metadata).map(([name, value]) => (
        <Fact key={name} name={name}>
          {value}
        </Fact>
      ))}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-sm text-muted">{name}</dt>
      <dd className="mt-0.5 break-words">{children}</dd>
    </div>
  );
}
