import { Link } from '@tanstack/react-router';
import { Ellipsis, RotateCw, Trash2, X } from 'lucide-react';
import { useId, useState } from 'react';
import { Button, IconButton } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ActionMenu, MenuAction } from '../../components/menu.tsx';
import { ProgressLine } from '../../components/progress-line.tsx';
import { formatBytes, formatDate } from '../../format.ts';
import type { DocumentView } from '../../views.ts';
import { extentOf, isWorking, kindOf, wordsOf } from './ingestion-words.ts';
import { StateBadge } from './state-badge.tsx';
import { useDocumentChanges } from './use-document-changes.ts';

/** One document: what it is, how far it is, and what can be done with it now. */
export function DocumentRow({ document }: { document: DocumentView }) {
  const titleId = useId();
  const [confirming, setConfirming] = useState(false);
  const { remove, retry, cancel } = useDocumentChanges();
  const words = wordsOf(document);
  const working = isWorking(document);
  const { error, stage } = document.ingestion;

  return (
    <li aria-labelledby={titleId} className="border-b border-line py-4">
      <div className="flex items-start gap-3">
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
            <p className="tabular mt-0.5 text-sm break-words text-muted">{factsOf(document)}</p>
          </div>
          <div className="min-w-0 md:pt-1">
            <StateBadge {...words} />
            {working && (
              <ProgressLine value={words.share} label={`${document.title}: ${words.label}`} className="mt-2 max-w-52" />
            )}
          </div>
          {error !== null && <p className="text-sm leading-relaxed text-danger md:col-span-2">{error.message}</p>}
        </div>
        <div className="flex shrink-0 items-center justify-end gap-1 md:w-32">
          {working && (
            <IconButton
              label={`Cancel reading ${document.title}`}
              title="Cancel"
              onClick={() => cancel.mutate({ id: document.id })}
            >
              <X aria-hidden className="size-4" />
            </IconButton>
          )}
          {(stage === 'failed' || stage === 'canceled') && (
            <Button
              size="small"
              aria-label={`Retry ${document.title}`}
              disabled={retry.isPending}
              onClick={() => retry.mutate({ id: document.id })}
            >
              <RotateCw aria-hidden className="size-4" />
              Retry
            </Button>
          )}
          <ActionMenu
            trigger={
              <IconButton label={`Actions for ${document.title}`} title="Actions">
                <Ellipsis aria-hidden className="size-4" />
              </IconButton>
            }
          >
            <MenuAction danger icon={<Trash2 aria-hidden className="size-4" />} onSelect={() => setConfirming(true)}>
              Delete
            </MenuAction>
          </ActionMenu>
        </div>
      </div>
      <ConfirmDialog
        open={confirming}
        onOpenChange={setConfirming}
        title="Delete this document?"
        description={`“${document.title}”, its file and its passages will be gone for good. Answers that cite it keep the words they quoted.`}
        action="Delete document"
        onConfirm={() => remove.mutate({ id: document.id })}
      />
    </li>
  );
}

function factsOf(document: DocumentView): string {
  return [
    kindOf(document),
    formatBytes(document.byteSize),
    extentOf(document.ingestion),
    formatDate(document.createdAt),
    document.origin === 'sample' ? 'sample' : '',
  ]
    .filter((fact) => fact !== '')
    .join(' · ');
}
