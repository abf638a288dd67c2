import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { Button } from '../../components/button.tsx';
import { FormDialog } from '../../components/dialog.tsx';
import { formFieldOf } from '../../components/form-field-of.ts';
import { TextField } from '../../components/text-field.tsx';
import { notify } from '../../components/toaster.tsx';
import { problemOf } from '../../problem.ts';
import { trpc } from '../../trpc.ts';

const said = {
  created: 'The page was added',
  replaced: 'The page was added anew',
  duplicate: 'This page is here already, and has not changed',
} as const;

/** Takes in the readable part of one page. Why an address is refused is told beside it. */
export function WebPageDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const queryClient = useQueryClient();
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
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    add.mutate({ url: formFieldOf(event.currentTarget, 'url') });
  };
  const close = () => {
    add.reset();
    onClose();
  };
  return (
    <FormDialog open={open} onOpenChange={close} title="Add a web page">
      <form onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label="Address"
          name="url"
          required
          inputMode="url"
          autoComplete="off"
          placeholder="https://example.org/page"
          hint="Its readable part is stored here. Add it again when it has changed."
          error={add.isError ? problemOf(add.error).message : undefined}
        />
        <Button type="submit" look="solid" disabled={add.isPending} className="self-end">
          {add.isPending ? 'Fetching…' : 'Add page'}
        </Button>
      </form>
    </FormDialog>
  );
}
