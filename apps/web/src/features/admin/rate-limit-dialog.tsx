import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ChoiceCards } from '../../components/choice-cards.tsx';
import { FormDialog } from '../../components/dialog.tsx';
import { formFieldOf } from '../../components/form-field-of.ts';
import { Notice } from '../../components/notice.tsx';
import { SelectField } from '../../components/select-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { notify } from '../../components/toaster.tsx';
import { formatNumber } from '../../format.ts';
import { problemWords } from '../../problem.ts';
import { trpc } from '../../trpc.ts';
import type { RateLimitView } from '../../views.ts';
import { limitName } from './limit-words.ts';
import { windowWords } from './window-words.ts';

const usualWindows = [60, 300, 3_600, 86_400];

const algorithms: readonly { value: RateLimitView['algorithm']; label: string; note: string }[] = [
  {
    value: 'token-bucket',
    label: 'Evenly',
    note: 'They flow back one by one: whoever used them all can go on after a moment.',
  },
  {
    value: 'fixed-window',
    label: 'All at once',
    note: 'Once the time that began with the first one is over. Around that moment twice as many may pass.',
  },
];

interface RateLimitDialogProps {
  limit: RateLimitView;
  onClose: () => void;
}

export function RateLimitDialog({ limit, onClose }: RateLimitDialogProps) {
  const [algorithm, setAlgorithm] = useState(limit.algorithm);
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
  const { policy, standard } = limit;
  const error = change.error ?? restore.error;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const numberOf = (name: string) => Number(formFieldOf(event.currentTarget, name));
    change.mutate({ policy, limit: numberOf('limit'), windowSeconds: numberOf('window'), algorithm });
  }

  return (
    <FormDialog open onOpenChange={onClose} title={`Limit: ${limitName(policy)}`}>
      <form onSubmit={submit} className="flex flex-col gap-5">
        <NumberFields limit={limit} />
        {limit.algorithms.length > 1 && (
          <ChoiceCards legend="How they come back" choices={algorithms} value={algorithm} onChange={setAlgorithm} />
        )}
        {error !== null && <Notice tone="danger">{problemWords(error)}</Notice>}
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

function NumberFields({ limit }: { limit: RateLimitView }) {
  return (
    <>
      <TextField
        label={`How many ${limit.describes[1]}`}
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
    </>
  );
}
