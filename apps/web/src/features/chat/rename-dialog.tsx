import type { FormEvent } from 'react';
import { Button } from '../../components/button.tsx';
import { FormDialog } from '../../components/dialog.tsx';
import { formFieldOf } from '../../components/form-field-of.ts';
import { TextField } from '../../components/text-field.tsx';

interface RenameDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  onRename: (title: string) => void;
}

export function RenameDialog({ open, onOpenChange, title, onRename }: RenameDialogProps) {
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const next = formFieldOf(event.currentTarget, 'title').trim();
    if (next !== '' && next !== title) {
      onRename(next);
    }
    onOpenChange(false);
  }

  return (
    <FormDialog open={open} onOpenChange={onOpenChange} title="Rename conversation">
      <form onSubmit={submit} className="flex flex-col gap-5">
        <TextField label="Title" name="title" defaultValue={title} maxLength={300} required />
        <div className="flex justify-end gap-3">
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button type="submit" look="solid">
            Rename
          </Button>
        </div>
      </form>
    </FormDialog>
  );
}
