import { Ellipsis, Pencil, Trash2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Button, IconButton } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { FormDialog } from '../../components/dialog.tsx';
import { formFieldOf } from '../../components/form-field-of.ts';
import { ActionMenu, MenuAction } from '../../components/menu.tsx';
import { TextField } from '../../components/text-field.tsx';
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
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const next = formFieldOf(event.currentTarget, 'name').trim();
    if (next !== '' && next !== name) rename.mutate({ id, name: next });
    setOpen(null);
  }
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
      <FormDialog open={open === 'rename'} onOpenChange={() => setOpen(null)} title="Rename collection">
        <form onSubmit={submit} className="flex flex-col gap-5">
          <TextField label="Name" name="name" defaultValue={name} maxLength={80} required />
          <div className="flex justify-end gap-3">
            <Button onClick={() => setOpen(null)}>Cancel</Button>
            <Button type="submit" look="solid">
              Rename
            </Button>
          </div>
        </form>
      </FormDialog>
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
