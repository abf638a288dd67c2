import { useNavigate, useSearch } from '@tanstack/react-router';
import { RotateCw } from 'lucide-react';
import { Fragment } from 'react';
import { Button } from '../../components/button.tsx';
import { LoadState } from '../../components/load-state.tsx';
import { Notice } from '../../components/notice.tsx';
import { formatCount } from '../../format.ts';
import { isEmptyLibrary, wordsOfUnready } from '../../library-words.ts';
import { useTwinStatus } from '../../use-twin-status.ts';
import type { TwinStatus } from '../../views.ts';
import { AddMenu } from './add-menu.tsx';
import { ChooseFilesButton } from './choose-files-button.tsx';
import { DocumentList } from './document-list.tsx';
import type { DocumentsSearch } from './documents-search.ts';
import { DocumentsToolbar } from './documents-toolbar.tsx';
import { FormatsNote } from './formats-note.tsx';
import { SiteNotice } from './site-notice.tsx';
import { UnsentNotice } from './unsent-notice.tsx';
import { UploadList } from './upload-list.tsx';
import { useReadings } from './use-readings.ts';
import { useWatchedDocuments } from './use-watched-documents.ts';
import { WaitingNotice } from './waiting-notice.tsx';

export function DocumentsScreen() {
  const twin = useTwinStatus();
  const status = twin.data;
  const search = useSearch({ from: '/documents' });
  const navigate = useNavigate({ from: '/documents' });
  useWatchedDocuments();

  function change(next: Parameters<Parameters<typeof DocumentsToolbar>[0]['onChange']>[0]) {
    const changed = Object.entries({ ...search, ...next }).filter(([, value]) => value !== undefined);
    void navigate({ search: Object.fromEntries(changed) as DocumentsSearch, replace: true });
  }

  const isEmpty = status !== undefined && isEmptyLibrary(status);
  return (
    <div className="mx-auto w-full max-w-4xl px-5 pt-6 pb-20">
      <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-5">
        <div>
          <h1 className="font-voice text-3xl font-semibold tracking-tight">Documents</h1>
          {status !== undefined && !isEmpty && <Summary status={status} />}
        </div>
        {status !== undefined && (
          <div className="flex flex-wrap gap-2.5">
            <ChooseFilesButton status={status} />
            <AddMenu status={status} />
          </div>
        )}
      </div>
      {status === undefined ? (
        <LoadState query={twin} label="Loading" bars={['h-4 w-3/4']} className="mt-4" />
      ) : (
        <p className="mt-4 text-sm text-muted">
          <span className="max-sm:hidden touch:hidden">Drop files or folders anywhere in this window. </span>
          <FormatsNote status={status} />.
        </p>
      )}
      <UploadList />
      <UnsentNotice />
      <SiteNotice />
      {status !== undefined && <WaitingNotice waiting={status.waiting} />}
      {(status?.documents.retryable ?? 0) > 1 && <RetryAll count={status?.documents.retryable ?? 0} />}
      <div className="mt-8 flex flex-col gap-3">
        {!isEmpty && <DocumentsToolbar search={search} onChange={change} />}
        <DocumentList key={JSON.stringify(search)} search={search} />
      </div>
    </div>
  );
}

function Summary({ status: { documents, chunks } }: { status: TwinStatus }) {
  return (
    <p className="mt-1.5 text-soft">
      {formatCount(documents.ready, 'document')} ready, {formatCount(chunks, 'passage')}
      {wordsOfUnready(documents).map((words) => (
        // A number stays with its word where the line breaks.
        <Fragment key={words}>
          {' · '}
          <span className="whitespace-nowrap">{words}</span>
        </Fragment>
      ))}
    </p>
  );
}

function RetryAll({ count }: { count: number }) {
  const { retryAll } = useReadings();
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
        {formatCount(count, 'document')} could not be taken in. Each says why below.
      </Notice>
    </div>
  );
}
