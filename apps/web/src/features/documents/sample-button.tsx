import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Sparkles } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { notifyProblem } from '../../components/toaster.tsx';
import { trpc } from '../../trpc.ts';

/** Adds the sample collection and goes where its questions are. */
export function SampleButton() {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const load = useMutation(
    trpc.documents.loadSamples.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries({ queryKey: trpc.twin.status.queryKey() });
        void queryClient.invalidateQueries({ queryKey: trpc.documents.list.pathKey() });
        void navigate({ to: '/' });
      },
      onError: (error) => notifyProblem('The samples could not be added', error),
    }),
  );
  return (
    <Button onClick={() => load.mutate({})} disabled={load.isPending}>
      <Sparkles aria-hidden className="size-4" />
      {load.isPending ? 'Adding the samples…' : 'Try a sample collection'}
    </Button>
  );
}
