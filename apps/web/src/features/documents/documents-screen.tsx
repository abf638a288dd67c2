import { useInfiniteQuery } from '@tanstack/react-query';
import { RotateCw } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { formatCount } from '../../format.ts';
import { problemOf } from '../../problem.ts';
import { useTwinStatus } from '../../use-twin-status.ts';
import type { TwinStatus } from '../../views.ts';
import { ChooseFilesButton } from './choose-files-button.tsx';
import { DocumentRow } from './document-row.tsx';
import { documentsQuery } from './documents-query.ts';
import { FormatsNote } from './formats-note.tsx';
import { SampleButton } from './sample-button.tsx';
import { UploadList } from './upload-list.tsx';
import { useDocumentChanges } from './use-document-changes.ts';
import { useWatchedDocuments } from './use-watched-documents.ts';

export function DocumentsScreen() {
  const status = useTwinStatus().data;
  useWatchedDocuments();
  return (
    <div className="mx-auto w-full max-w-4xl px-5 pt-6 pb-20">
      <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-5">
        <div>
          <h1 className="font-voice text-3xl font-semibold tracking-tight">Documents</h1>
          {status !== undefined && <p className="mt-1.5 text-soft">{summaryOf(status)}</p>}
        </div>
        {status !== undefined && <ChooseFilesButton status={status} />}
      </div>
      {status !== undefined && (
        <p className="mt-4 text-sm text-muted">
          Drop files or folders anywhere in this window. <FormatsNote status={status} />.
        </p>
      )}
      <UploadList />
      {(status?.documents.failed ?? 0) > 1 && <RetryAll count={status?.documents.failed ?? 0} />}
      <DocumentList />
    </div>
  );
}

function summaryOf({ documents, chunks }: TwinStatus): string {
  const parts = [`${formatCount(documents.ready, 'document')} ready, ${formatCount(chunks, 'passage')}`];
  if (documents.inProgress > 0) parts.push(`${documents.inProgress} being read`);
  if (documents.failed > 0) parts.push(`${documents.failed} failed`);
  return parts.join(' · ');
}

function RetryAll({ count }: { count: number }) {
  const { retryAll } = useDocumentChanges();
  return (
    <div className="mt-8">
      <Notice
        tone="warn"
        actions={
          <Button size="small" disabled={retryAll.isPending} onClick={() => retryAll.mutate({})}>
            <RotateCw aria-hidden className="size-4" />
            Retry all
          </Button>
        }
      >
        {formatCount(count, 'document')} could not be read. Each says why below.
      </Notice>
    </div>
  );
}

function DocumentList() {
  const query = useInfiniteQuery(documentsQuery);
  if (query.isError && query.data === undefined) {
    return (
      <div className="mt-8">
        <Notice
          tone="danger"
          actions={
            <Button size="small" onClick={() => void query.refetch()}>
              Retry
            </Button>
          }
        >
          {problemOf(query.error).message}
        </Notice>
      </div>
    );
  }
  if (query.data === undefined) {
    return null;
  }
  const documents = query.data.pages.flatMap((page) => page.documents);
  if (documents.length === 0) {
    return <NoDocuments />;
  }
  return (
    <>
      <ul aria-label="Documents" className="mt-8 border-t border-line">
        {documents.map((document) => (
          <DocumentRow key={document.id} document={document} />
        ))}
      </ul>
      {query.hasNextPage && (
        <Button className="mt-6" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {query.isFetchingNextPage ? 'Loading…' : 'Show more documents'}
        </Button>
      )}
    </>
  );
}

function NoDocuments() {
  return (
    <div className="mt-10 flex flex-wrap items-center justify-between gap-5 rounded-2xl border-2 border-dashed border-line-strong px-6 py-8">
      <p className="max-w-md leading-relaxed text-soft">
        There is nothing here yet. What you add is stored on this server, cut into passages and made searchable; you see
        each step.
      </p>
      <SampleButton />
    </div>
  );
}
