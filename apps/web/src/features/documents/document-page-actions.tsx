import { useNavigate } from '@tanstack/react-router';
import { Download, Ellipsis, FolderPlus, RotateCw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { buttonClasses, IconButton } from '../../components/button.tsx';
import { ActionMenu, MenuAction } from '../../components/menu.tsx';
import type { DocumentView } from '../../views.ts';
import { OrganizeDialog } from './organize-dialog.tsx';
import { useDeletion } from './use-deletion.ts';
import { useReadings } from './use-readings.ts';

/** What can be done with the document on its own page. */
export function DocumentPageActions({ document: { id, title, ingestion } }: { document: DocumentView }) {
  const [organizing, setOrganizing] = useState(false);
  const { remove } = useDeletion();
  const { reindex } = useReadings();
  const navigate = useNavigate();
  return (
    <div className="flex gap-2">
      <a href={`/api/documents/${encodeURIComponent(id)}/file`} download className={buttonClasses()}>
        <Download aria-hidden className="size-4" />
        Download original
      </a>
      <ActionMenu
        trigger={
          <IconButton label={`Actions for ${title}`} title="Actions" className="size-10">
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
          onSelect={() => {
            void navigate({ to: '/documents' });
            remove.mutate({ ids: [id] });
          }}
        >
          Delete
        </MenuAction>
      </ActionMenu>
      <OrganizeDialog ids={[id]} open={organizing} onOpenChange={setOrganizing} />
    </div>
  );
}
