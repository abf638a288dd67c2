import { X } from 'lucide-react';
import { IconButton } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import type { DocumentView } from '../../views.ts';
import { DocumentMenu } from './document-menu.tsx';
import { isWorking } from './ingestion-words.ts';
import { RetryButton } from './retry-button.tsx';
import { UnlockButton } from './unlock-button.tsx';
import { useReadings } from './use-readings.ts';

/**
 * What can be done with a document in the state it is in: cancel, retry, enter its password, delete. Two cells of its row; on
 * a phone what would mend a failure stands under its reason, where the title needs the width.
 */
export function DocumentActions({ document }: { document: DocumentView }) {
  const { id, title, ingestion } = document;
  const { cancel } = useReadings();
  return (
    <>
      <div
        className={classNames(
          'flex shrink-0 justify-end max-sm:empty:hidden sm:-mr-2 md:w-22',
          ingestion.remedy !== null && 'max-sm:order-last max-sm:col-[2/-1] max-sm:mt-1 max-sm:justify-start',
        )}
      >
        {isWorking(document) && (
          <IconButton label={`Cancel reading ${title}`} title="Cancel" onClick={() => cancel.mutate({ id })}>
            <X aria-hidden className="size-4" />
          </IconButton>
        )}
        {ingestion.remedy === 'password' && <UnlockButton document={document} small />}
        {ingestion.remedy === 'retry' && <RetryButton document={document} small />}
      </div>
      <DocumentMenu document={document} />
    </>
  );
}
