import { X } from 'lucide-react';
import { IconButton } from '../../components/button.tsx';
import type { DocumentView } from '../../views.ts';
import { DocumentMenu } from './document-menu.tsx';
import { isWorking } from './ingestion-words.ts';
import { RetryButton } from './retry-button.tsx';
import { UnlockButton } from './unlock-button.tsx';
import { useReadings } from './use-readings.ts';

/** What can be done with a document in the state it is in: cancel, retry, enter its password, delete. */
export function DocumentActions({ document }: { document: DocumentView }) {
  const { id, title, ingestion } = document;
  const { cancel } = useReadings();
  return (
    <div className="flex shrink-0 items-center justify-end gap-1 md:w-32">
      {isWorking(document) && (
        <IconButton label={`Cancel reading ${title}`} title="Cancel" onClick={() => cancel.mutate({ id })}>
          <X aria-hidden className="size-4" />
        </IconButton>
      )}
      {ingestion.remedy === 'password' && <UnlockButton document={document} small />}
      {ingestion.remedy === 'retry' && <RetryButton document={document} small />}
      <DocumentMenu document={document} />
    </div>
  );
}
