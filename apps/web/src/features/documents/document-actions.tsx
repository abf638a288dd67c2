import { Ellipsis, FolderPlus, RotateCw, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '../../components/button.tsx';
import { ActionMenu, MenuAction } from '../../components/menu.tsx';
import type { DocumentView } from '../../views.ts';
import { isWorking } from './ingestion-words.ts';
import { OrganizeDialog } from './organize-dialog.tsx';
import { RetryButton } from './retry-button.tsx';
import { UnlockButton } from './unlock-button.tsx';
import { useDeletion } from './use-deletion.ts';
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

function DocumentMenu({ document: { id, title, ingestion } }: { document: DocumentView }) {
  const [organizing, setOrganizing] = useState(false);
  const { remove } = useDeletion();
  const { reindex } = useReadings();
  return (
    <>
      <ActionMenu
        trigger={
          <IconButton label={`Actions for ${title}`} title="Actions">
            <Ellipsis aria-hidden className="size-4" />
          </IconButton>
        }
      >
        <MenuAction icon={<FolderPlus aria-hidden className="size-4" />} onSelect={() => setOrganizing(true)}>
          Organize
        </MenuAction>
        {ingestion.stage === 'ready' && (
          <MenuAction icon={<RotateCw aria-hidden className="size-4" />} onSelect={() => reindex.mutate({ ids: [id] })}>
            Read again
          </MenuAction>
        )}
        <MenuAction
          danger
          icon={<Trash2 aria-hidden className="size-4" />}
          onSelect={() => remove.mutate({ ids: [id] })}
        >
          Delete
        </MenuAction>
      </ActionMenu>
      <OrganizeDialog ids={[id]} open={organizing} onOpenChange={setOrganizing} />
    </>
  );
}
