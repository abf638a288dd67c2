import { Link } from '@tanstack/react-router';
import { CircleAlert, Copy, RotateCw, X } from 'lucide-react';
import { useId } from 'react';
import { Button, IconButton } from '../../components/button.tsx';
import { ProgressLine } from '../../components/progress-line.tsx';
import { formatBytes, formatNumber } from '../../format.ts';
import { foldUploads } from './fold-uploads.ts';
import {
  canRetry,
  dropUpload,
  dropUploads,
  retryUploads,
  type Upload,
  uploadPath,
  useUploads,
  type WaitReason,
} from './upload-queue.ts';

/** The files that are on their way, and those that did not make it. Nothing leaves the list by itself but success. */
export function UploadList() {
  const uploads = useUploads();
  if (uploads.length === 0) {
    return null;
  }
  const failed = uploads.filter(canRetry);
  const { shown, waiting, duplicates } = foldUploads(uploads);
  return (
    <section aria-label="Uploads" className="mt-8">
      <div className="flex min-h-8 items-center justify-between gap-3">
        <h2 className="text-sm font-semibold text-soft">Uploads</h2>
        {failed.length > 1 && (
          <Button size="small" onClick={() => retryUploads(failed)}>
            <RotateCw aria-hidden className="size-4" />
            Retry all {formatNumber(failed.length)}
          </Button>
        )}
      </div>
      <ul aria-label="Uploads" className="mt-2 border-t border-line">
        {shown.map((upload) => (
          <UploadRow key={upload.id} upload={upload} />
        ))}
        <FoldedRow folded={duplicates} are="more were here already" drop="Dismiss these" />
        <FoldedRow folded={waiting} are="more wait for their turn" drop="Cancel these" />
      </ul>
    </section>
  );
}

function FoldedRow({ folded, are, drop }: { folded: readonly Upload[]; are: string; drop: string }) {
  if (folded.length === 0) {
    return null;
  }
  return (
    <li className="flex items-center justify-between gap-3 border-b border-line py-3 text-sm text-muted">
      <span className="tabular">
        {formatNumber(folded.length)} {are}
      </span>
      <Button size="small" onClick={() => dropUploads(folded)}>
        {drop}
      </Button>
    </li>
  );
}

function UploadRow({ upload }: { upload: Upload }) {
  const nameId = useId();
  const { file, state, id } = upload;
  const under = state.name === 'waiting' || state.name === 'sending';
  return (
    <li aria-labelledby={nameId} className="flex items-center gap-3 border-b border-line py-3">
      <div className="min-w-0 flex-1">
        <p id={nameId} className="text-[0.9375rem] font-medium break-words">
          {uploadPath(upload)}
        </p>
        <UploadState upload={upload} />
      </div>
      {canRetry(upload) && (
        <Button size="small" aria-label={`Retry ${file.name}`} onClick={() => retryUploads([upload])}>
          <RotateCw aria-hidden className="size-4" />
          Retry
        </Button>
      )}
      <IconButton label={`${under ? 'Cancel upload of' : 'Dismiss'} ${file.name}`} onClick={() => dropUpload(id)}>
        <X aria-hidden className="size-4" />
      </IconButton>
    </li>
  );
}

const waits: Record<WaitReason, string> = {
  turn: 'Waiting for its turn',
  server: 'Waiting for the server, then sent again',
  asked: 'Waiting: the server asked for a pause',
};

function UploadState({ upload: { file, state } }: { upload: Upload }) {
  switch (state.name) {
    case 'waiting':
      return (
        <p className="text-sm text-muted">
          {waits[state.reason]} · {formatBytes(file.size)}
        </p>
      );
    case 'sending':
      return (
        <>
          <p className="tabular text-sm text-muted">
            {state.sentBytes >= file.size ? 'Storing' : 'Uploading'} ·{' '}
            {formatBytes(Math.min(state.sentBytes, file.size))} of {formatBytes(file.size)}
          </p>
          <ProgressLine value={state.sentBytes / file.size} label={`Upload of ${file.name}`} className="mt-2" />
        </>
      );
    case 'duplicate':
      return (
        <p className="flex items-start gap-1.5 text-sm text-soft">
          <Copy aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span>
            Already here, nothing was added:{' '}
            <Link
              to="/documents/$documentId"
              params={{ documentId: state.documentId }}
              className="text-accent underline underline-offset-2"
            >
              {state.title}
            </Link>
          </span>
        </p>
      );
    case 'failed':
      return (
        <p role="alert" className="flex items-start gap-1.5 text-sm text-danger">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {state.problem.message}
        </p>
      );
  }
}
