import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Copy } from 'lucide-react';
import type { FormEvent } from 'react';
import { Button } from '../../components/button.tsx';
import { copyText } from '../../components/copy-text.ts';
import { FormDialog } from '../../components/dialog.tsx';
import { formFieldOf } from '../../components/form-field-of.ts';
import { Notice } from '../../components/notice.tsx';
import { SelectField } from '../../components/select-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { problemWords } from '../../problem.ts';
import { trpc } from '../../trpc.ts';

const dayMs = 86_400_000;
const ends = [
  { value: '1', label: 'After a day' },
  { value: '7', label: 'After a week' },
  { value: '30', label: 'After 30 days' },
  { value: '365', label: 'After a year' },
  { value: '', label: 'When I revoke it' },
];

interface ShareLinkRules {
  nameCharactersMax: number;
  /** Whether a model answers and no budget bounds what a day costs. */
  isSpendingOpen: boolean;
}

/** Makes a link, and shows it the one time that it can be shown. */
export function ShareLinkDialog({ rules, onClose }: { rules: ShareLinkRules; onClose: () => void }) {
  const queryClient = useQueryClient();
  const making = useMutation(
    trpc.shareLinks.create.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.shareLinks.list.queryKey() }),
    }),
  );

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const days = formFieldOf(event.currentTarget, 'days');
    const expiresAt = days === '' ? null : new Date(Date.now() + Number(days) * dayMs).toISOString();
    making.mutate({ name: formFieldOf(event.currentTarget, 'name'), expiresAt });
  }

  return (
    <FormDialog open onOpenChange={onClose} title={making.data === undefined ? 'Make a link' : 'Copy the link now'}>
      {making.data === undefined ? (
        <form onSubmit={submit} className="flex flex-col gap-5">
          <TextField
            label="Name"
            name="name"
            maxLength={rules.nameCharactersMax}
            hint="For you to tell it apart, such as whom you give it to."
            required
          />
          <SelectField label="It ends" name="days" defaultValue="30" options={ends} />
          {rules.isSpendingOpen && (
            <Notice tone="warn">
              A model answers, and nothing bounds what a day costs. Set a budget of tokens in Persona before you share.
            </Notice>
          )}
          {making.isError && <Notice tone="danger">{problemWords(making.error)}</Notice>}
          <Button type="submit" look="solid" className="self-end" disabled={making.isPending}>
            Make the link
          </Button>
        </form>
      ) : (
        <MadeLink address={`${location.origin}/visit#${making.data.token}`} onClose={onClose} />
      )}
    </FormDialog>
  );
}

/** Names by which a computer calls itself, and nobody else calls it. */
const isOwnName = (host: string) => /^(localhost|127\.[\d.]+|\[::1\])$/.test(host);

function MadeLink({ address, onClose }: { address: string; onClose: () => void }) {
  const refused = 'The browser did not allow copying: select the link and copy it';
  return (
    <div className="flex flex-col gap-5">
      <TextField
        label="Link"
        value={address}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
        hint="It is shown this once: what it opens with is kept nowhere."
      />
      {isOwnName(new URL(address).hostname) && (
        <Notice tone="warn">
          You opened this page by an address that works on this computer alone, and so does the link. For others, make
          it under the address that they know this twin by.
        </Notice>
      )}
      <div className="flex flex-wrap justify-end gap-3">
        <Button onClick={onClose}>Done</Button>
        <Button look="solid" onClick={() => void copyText(address, { said: 'Link copied', refused })}>
          <Copy aria-hidden className="size-4" />
          Copy link
        </Button>
      </div>
    </div>
  );
}
