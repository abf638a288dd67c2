import { useMutation, useQueryClient } from '@tanstack/react-query';

/** Runs something that changes who we are, then asks the server afresh about everything. */
export function useSessionAction<Input>(action: (input: Input) => Promise<void>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: action,
    onSuccess: () => queryClient.resetQueries(),
  });
}
