import { useMutation, useQueryClient } from '@tanstack/react-query';
import { notify } from '../../components/toaster.tsx';
import { trpc } from '../../trpc.ts';

/** Saves what the owner decided, and has the rest of the app show it. */
export function useSaveSettings() {
  const queryClient = useQueryClient();
  return useMutation(
    trpc.twin.updateSettings.mutationOptions({
      onSuccess: async (settings) => {
        queryClient.setQueryData(trpc.twin.settings.queryKey(), settings);
        notify('Saved. The next answer keeps to it.');
        await queryClient.invalidateQueries({ queryKey: trpc.twin.status.queryKey() });
      },
    }),
  );
}
