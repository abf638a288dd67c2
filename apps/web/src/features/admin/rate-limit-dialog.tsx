import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { Button } from '../../components/button.tsx';
import { FormDialog } from '../../components/dialog.tsx';
import { formFieldOf } from '../../components/form-field-of.ts';
import { Notice } from '../../components/notice.tsx';
import { SelectField } from '../../components/select-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { notify } from '../../components/toaster.tsx';
import { formatNumber } from '../../format.ts';
import { problemOf } from '../../problem.ts';
import { trpc } from '../../trpc.ts';
import type { RateLimitView } from '../../views.ts';
import { limitName } from './limit-words.ts';
import { windowWords } from './window-words.ts';

const usualWindows = [60, 300, 3_600, 86_400];

interface RateLimitDialogProps {
  limit: RateLimitView;
  onClose: () => void;
}

export function RateLimitDialog({ limit, onClose }: RateLimitDialogProps) {
  const queryClient = useQueryClient();
  const saved = {
    onSuccess: async () => {
      notify('Limit changed');
      onClose();
      await queryClient.invalidateQueries({ queryKey: trpc.rateLimits.list.queryKey() });
      await queryClient.invalidateQueries({ queryKey: trpc.admin.overview.queryKey() });
    },
  };
  const change = useMutation(trpc.rateLimits.change.mutationOptions(saved));
  const restore = useMutation(trpc.rateLimits.restore.mutationOptions(saved));
  const { policy, describes, standard } = limit;
  const error = change.error ?? restore.error;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const numberOf = (name: string) => Number(formFieldOf(event.currentTarget, name));
    change.mutate({ policy, limit: numberOf('limit'), windowSeconds: numberOf('window') });
  }

  return (
    <FormDialog open onOpenChange={onClose} title={`Limit: ${limitName(policy)}`}>
      <form onSubmit={submit} className="flex flex-col gap-5">
        <TextField
          label={`How many ${describes}`}
          name="limit"
          type="number"
          inputMode="numeric"
          min={1}
          max={1_000_000}
          step={1}
          defaultValue={limit.limit}
          required
        />
        <SelectField
          label="Per"
          name="window"
          defaultValue={String(limit.windowSeconds)}
          options={[...new Set([...usualWindows, limit.windowSeconds])]
            .toSorted((a, b) => a - b)
            .map((seconds) => ({ value: String(seconds), label: windowWords(seconds) }))}
        />
        {error !== null && <Notice tone="danger">{problemOf(error).message}</Notice>}
        <div className="flex flex-wrap justify-end gap-3">
          <Button className="mr-auto" disabled={restore.isPending} onClick={() => restore.mutate({ policy })}>
            Back to {formatNumber(standard.limit)} per {windowWords(standard.windowSeconds)}
          </Button>
          <Button type="submit" look="solid" disabled={change.isPending}>
            Save
          </Button>
        </div>
      </form>
    </FormDialog>
  );
}
