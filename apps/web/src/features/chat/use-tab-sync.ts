import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { trpc } from '../../trpc.ts';
import { onOtherTabChange } from './chat-sync.ts';

/** Keeps the conversations this page knows in step with what other tabs do. For the frame of all screens: once is enough. */
export function useTabSync(): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    return onOtherTabChange((id) => {
      void queryClient.invalidateQueries({ queryKey: trpc.conversations.get.queryKey({ id }) });
      void queryClient.invalidateQueries({ queryKey: trpc.conversations.list.queryKey() });
    });
  }, [queryClient]);
}
