import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ChoiceCards } from '../../components/choice-cards.tsx';
import { FormDialog } from '../../components/dialog.tsx';
import { formFieldOf } from '../../components/form-field-of.ts';
import { TextField } from '../../components/text-field.tsx';
import { notify } from '../../components/toaster.tsx';
import { problemWords } from '../../problem.ts';
import { trpc } from '../../trpc.ts';
import { SitePages } from './site-pages.tsx';
import { foundPages } from './site-words.ts';

const said = {
  created: 'The page was added',
  replaced: 'The page was added anew',
  duplicate: 'This page is here already, and has not changed',
} as const;

const choices = [
  { value: 'page', label: 'This page', note: 'Its readable part.' },
  { value: 'site', label: 'The whole site', note: 'All pages of its site map, or those below a folder.' },
] as const;

/** Takes in the readable part of one page, or of all pages of a site map. Why an address is refused is told beside it. */
export function WebPageDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const queryClient = useQueryClient();
  const [what, setWhat] = useState<'page' | 'site'>('page');
  const add = useMutation(
    trpc.documents.importWebPage.mutationOptions({
      onSuccess: async ({ outcome }) => {
        notify(said[outcome]);
        onClose();
        await queryClient.invalidateQueries({ queryKey: trpc.documents.list.pathKey() });
        await queryClient.invalidateQueries({ queryKey: trpc.twin.status.queryKey() });
      },
    }),
  );
  const list = useMutation(trpc.documents.listSitePages.mutationOptions());
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const address = { url: formFieldOf(event.currentTarget, 'url') };
    if (what === 'page') add.mutate(address);
    else list.mutate(address);
  };
  const close = () => {
    add.reset();
    list.reset();
    onClose();
  };
  const { error, isPending } = what === 'page' ? add : list;
  return (
    <FormDialog open={open} onOpenChange={close} title="Add a web page">
      {list.data !== undefined ? (
        <SitePages
          addresses={list.data.addresses}
          said={foundPages({ ...list.data, found: list.data.addresses.length })}
          onClose={close}
        />
      ) : (
        <form onSubmit={submit} className="flex flex-col gap-4">
          <TextField
            label="Address"
            name="url"
            required
            inputMode="url"
            autoComplete="off"
            placeholder="https://example.org/page"
            hint="What is there is stored here. Add it again when it has changed."
            error={error === null ? undefined : problemWords(error)}
          />
          <ChoiceCards legend="What to add" choices={choices} value={what} onChange={setWhat} />
          <Button type="submit" look="solid" disabled={isPending} className="self-end">
            {isPending ? 'Fetching…' : what === 'page' ? 'Add page' : 'Find pages'}
          </Button>
        </form>
      )}
    </FormDialog>
  );
}
