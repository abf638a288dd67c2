import { Ellipsis, FileUp, FolderPlus, PencilLine, RotateCw, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { IconButton } from '../../components/button.tsx';
import { ActionMenu, MenuAction } from '../../components/menu.tsx';
import { RenameDialog } from '../../components/rename-dialog.tsx';
import type { DocumentView } from '../../views.ts';
import { NewVersionInput } from './new-version-input.tsx';
import { OrganizeDialog } from './organize-dialog.tsx';
import { useDeletion } from './use-deletion.ts';
import { useReadings } from './use-readings.ts';
import { useRenaming } from './use-renaming.ts';

interface DocumentMenuProps {
  document: DocumentView;
  /** Of the button that opens it. */
  className?: string;
  onDelete?: () => void;
}

/** What can be done with a document whatever state it is in. */
export function DocumentMenu({ document: { id, title, ingestion }, className, onDelete }: DocumentMenuProps) {
  const [open, setOpen] = useState<'rename' | 'organize' | null>(null);
  const rename = useRenaming();
  const { remove } = useDeletion();
  const { reindex } = useReadings();
  const newVersion = useRef<HTMLInputElement>(null);
  return (
    <>
      <NewVersionInput ref={newVersion} id={id} />
      <ActionMenu
        trigger={
          <IconButton label={`Actions for ${title}`} title="Actions" className={className}>
            <Ellipsis aria-hidden className="size-4" />
          </IconButton>
        }
      >
        <MenuAction icon={<PencilLine aria-hidden className="size-4" />} onSelect={() => setOpen('rename')}>
          Rename
        </MenuAction>
        <MenuAction icon={<FolderPlus aria-hidden className="size-4" />} onSelect={() => setOpen('organize')}>
          Organize
        </MenuAction>
        <MenuAction icon={<FileUp aria-hidden className="size-4" />} onSelect={() => newVersion.current?.click()}>
          Replace with a new version
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
            onDelete?.();
            remove.mutate({ ids: [id] });
          }}
        >
          Delete
        </MenuAction>
      </ActionMenu>
      <RenameDialog
        open={open === 'rename'}
        onOpenChange={() => setOpen(null)}
        heading="Rename document"
        label="Title"
        name={title}
        charactersMax={300}
        onRename={(next) => rename.mutate({ id, title: next })}
      />
      <OrganizeDialog ids={[id]} open={open === 'organize'} onOpenChange={() => setOpen(null)} />
    </>
  );
}
