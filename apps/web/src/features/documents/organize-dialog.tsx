import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { FormDialog } from '../../components/dialog.tsx';
import { formFieldOf } from '../../components/form-field-of.ts';
import { SelectField } from '../../components/select-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { formatCount } from '../../format.ts';
import { trpc } from '../../trpc.ts';
import { useCollectionChanges } from './use-collection-changes.ts';
import { useOrganizing } from './use-organizing.ts';

interface OrganizeDialogProps {
  ids: string[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

const makeNew = 'new';

/** Puts documents into a collection, an existing or a new one, and tags them. */
export function OrganizeDialog({ ids, open, onOpenChange }: OrganizeDialogProps) {
  return (
    <FormDialog
      open={open}
      onOpenChange={onOpenChange}
      title={ids.length === 1 ? 'Organize this document' : `Organize ${formatCount(ids.length, 'document')}`}
    >
      <OrganizeForm ids={ids} onDone={() => onOpenChange(false)} />
    </FormDialog>
  );
}

function OrganizeForm({ ids, onDone }: { ids: string[]; onDone: () => void }) {
  const { collections = [] } = useQuery(trpc.collections.list.queryOptions({})).data ?? {};
  const [collection, setCollection] = useState('');
  const { create } = useCollectionChanges();
  const { organize } = useOrganizing();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const addTags = tagsOf(formFieldOf(form, 'tags'));
    const name = formFieldOf(form, 'name').trim();
    try {
      const addToCollection = collection === makeNew ? (await create.mutateAsync({ name })).id : collection;
      if (addToCollection !== '' || addTags.length > 0) {
        await organize.mutateAsync({ ids, addTags, ...(addToCollection !== '' && { addToCollection }) });
      }
      onDone();
    } catch {
      // Told by a notice; the form stays for another try.
    }
  }

  return (
    <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-5">
      <SelectField
        label="Collection"
        value={collection}
        onChange={(event) => setCollection(event.target.value)}
        options={[
          { value: '', label: 'No change' },
          ...collections.map(({ id, name }) => ({ value: id, label: name })),
          { value: makeNew, label: 'New collection…' },
        ]}
      />
      {collection === makeNew && <TextField label="Name of the new collection" name="name" maxLength={80} required />}
      <TextField label="Add tags" name="tags" hint="Several with commas between them." maxLength={400} />
      <div className="flex justify-end gap-3">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" look="solid" disabled={create.isPending || organize.isPending}>
          Save
        </Button>
      </div>
    </form>
  );
}

function tagsOf(text: string): string[] {
  const tags = text.split(',').map((tag) => tag.trim().slice(0, 40));
  return [...new Set(tags.filter((tag) => tag !== ''))].slice(0, 20);
}
