import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { notifyProblem } from '../../components/toaster.tsx';
import { trpc } from '../../trpc.ts';

/** Adds the sample collection and goes where its questions are. */
export function useLoadSamples() {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return useMutation(
    trpc.documents.loadSamples.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries({ queryKey: trpc.twin.status.queryKey() });
        void queryClient.invalidateQueries({ queryKey: trpc.documents.list.pathKey() });
        void navigate({ to: '/' });
      },
      onError: (error) => notifyProblem('The samples could not be added', error),
    }),
  );
}
