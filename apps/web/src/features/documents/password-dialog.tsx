import type { FormEvent } from 'react';
import { Button } from '../../components/button.tsx';
import { FormDialog } from '../../components/dialog.tsx';
import { formFieldOf } from '../../components/form-field-of.ts';
import { TextField } from '../../components/text-field.tsx';
import type { DocumentView } from '../../views.ts';
import { useReadings } from './use-readings.ts';

interface PasswordDialogProps {
  document: DocumentView;
  open: boolean;
  onClose: () => void;
}

/** Asks for what opens a locked file. Whether it does is seen where the document is read. */
export function PasswordDialog({ document: { id, title, ingestion }, open, onClose }: PasswordDialogProps) {
  const { unlock } = useReadings();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = formFieldOf(event.currentTarget, 'file-password');
    unlock.mutate({ id, password }, { onSettled: () => unlock.reset() });
    onClose();
  };
  return (
    <FormDialog open={open} onOpenChange={onClose} title={`Unlock “${title}”`}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label="Password of the file"
          name="file-password"
          type="password"
          required
          maxLength={127}
          autoComplete="off"
          hint="It opens the file for this one reading and is not kept."
          error={ingestion.error?.code === 'password-wrong' ? 'The last one did not open it.' : undefined}
        />
        <Button type="submit" look="solid" className="self-end">
          Unlock and read
        </Button>
      </form>
    </FormDialog>
  );
}
