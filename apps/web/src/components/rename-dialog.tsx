import type { FormEvent } from 'react';
import { Button } from './button.tsx';
import { FormDialog } from './dialog.tsx';
import { formFieldOf } from './form-field-of.ts';
import { TextField } from './text-field.tsx';

interface RenameDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  heading: string;
  label: string;
  name: string;
  charactersMax: number;
  /** Not called when the name is left empty or as it was. */
  onRename: (name: string) => void;
}

export function RenameDialog({ open, onOpenChange, heading, label, name, charactersMax, onRename }: RenameDialogProps) {
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const next = formFieldOf(event.currentTarget, 'name').trim();
    if (next !== '' && next !== name) onRename(next);
    onOpenChange(false);
  }

  return (
    <FormDialog open={open} onOpenChange={onOpenChange} title={heading}>
      <form onSubmit={submit} className="flex flex-col gap-5">
        <TextField label={label} name="name" dir="auto" defaultValue={name} maxLength={charactersMax} required />
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
