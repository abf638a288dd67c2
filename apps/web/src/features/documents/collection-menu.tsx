import { Ellipsis, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ActionMenu, MenuAction } from '../../components/menu.tsx';
import { RenameDialog } from '../../components/rename-dialog.tsx';
import type { LibraryParts } from '../../views.ts';
import { useCollectionChanges } from './use-collection-changes.ts';

interface CollectionMenuProps {
  collection: LibraryParts['collections'][number];
  onDeleted: () => void;
}

/** What can be done with the collection that is shown. */
export function CollectionMenu({ collection: { id, name }, onDeleted }: CollectionMenuProps) {
  const [open, setOpen] = useState<'rename' | 'delete' | null>(null);
  const { rename, remove } = useCollectionChanges();
  return (
    <>
      <ActionMenu
        trigger={
          <IconButton label={`Actions for the collection ${name}`}>
            <Ellipsis aria-hidden className="size-4" />
          </IconButton>
        }
      >
        <MenuAction icon={<Pencil aria-hidden className="size-4" />} onSelect={() => setOpen('rename')}>
          Rename collection
        </MenuAction>
        <MenuAction danger icon={<Trash2 aria-hidden className="size-4" />} onSelect={() => setOpen('delete')}>
          Delete collection
        </MenuAction>
      </ActionMenu>
      <RenameDialog
        open={open === 'rename'}
        onOpenChange={() => setOpen(null)}
        heading="Rename collection"
        label="Name"
        name={name}
        charactersMax={80}
        onRename={(next) => rename.mutate({ id, name: next })}
      />
      <ConfirmDialog
        open={open === 'delete'}
        onOpenChange={() => setOpen(null)}
        title="Delete this collection?"
        description={`“${name}” will be gone. Its documents stay in the library.`}
        action="Delete collection"
        onConfirm={() => remove.mutate({ id }, { onSuccess: onDeleted })}
      />
    </>
  );
}
