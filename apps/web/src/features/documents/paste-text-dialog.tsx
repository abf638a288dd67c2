import { type FormEvent, useId } from 'react';
import { Button } from '../../components/button.tsx';
import { FormDialog } from '../../components/dialog.tsx';
import { formFieldOf } from '../../components/form-field-of.ts';
import { TextField } from '../../components/text-field.tsx';
import { addUploads } from './upload-queue.ts';

interface PasteTextDialogProps {
  open: boolean;
  onClose: () => void;
  uploadBytesMax: number;
}

/** A text that is no file yet becomes one, and goes the way of all files. */
export function PasteTextDialog({ open, onClose, uploadBytesMax }: PasteTextDialogProps) {
  const textId = useId();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const title = formFieldOf(event.currentTarget, 'title').trim();
    // As its first heading the given title is the document's, whatever headings the text has.
    const text = `# ${title}\n\n${formFieldOf(event.currentTarget, 'text')}`;
    const file = new File([text], `${title}.md`, { type: 'text/markdown' });
    addUploads([file], uploadBytesMax);
    onClose();
  };
  return (
    <FormDialog open={open} onOpenChange={onClose} title="Paste text">
      <form onSubmit={submit} className="flex flex-col gap-4">
        <TextField label="Title" name="title" required maxLength={200} autoComplete="off" />
        <div>
          <label htmlFor={textId} className="mb-1.5 block text-sm font-medium">
            Text
          </label>
          <textarea
            id={textId}
            name="text"
            required
            rows={10}
            className="w-full rounded-lg border border-line-strong bg-surface px-3 py-2 text-base text-ink"
          />
          <p className="mt-1.5 text-sm text-muted">Markdown is understood: headings, lists, tables.</p>
        </div>
        <Button type="submit" look="solid" className="self-end">
          Add text
        </Button>
      </form>
    </FormDialog>
  );
}
