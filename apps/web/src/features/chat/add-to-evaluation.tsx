import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ListChecks } from 'lucide-react';
import { IconButton } from '../../components/button.tsx';
import { notify, notifyProblem } from '../../components/toaster.tsx';
import { trpc } from '../../trpc.ts';

/** Keeps a right answer as what later ones are held against. */
export function AddToEvaluation({ messageId }: { messageId: string }) {
  const queryClient = useQueryClient();
  const add = useMutation(
    trpc.evaluation.addAnswer.mutationOptions({
      onSuccess: () => {
        notify('Added to the evaluation');
        return queryClient.invalidateQueries({ queryKey: trpc.evaluation.questions.queryKey() });
      },
      onError: (error) => notifyProblem('The answer could not be added', error),
    }),
  );
  return (
    <IconButton label="Add to evaluation" disabled={add.isPending} onClick={() => add.mutate({ messageId })}>
      <ListChecks aria-hidden className="size-4" />
    </IconButton>
  );
}
