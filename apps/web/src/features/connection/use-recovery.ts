import { useEffect } from 'react';
import { onServerReturn, suspectConnection } from './connection.ts';

const retryAfterMs = 2_000;

interface Subscription {
  status: 'idle' | 'connecting' | 'pending' | 'error';
  error: unknown;
  reset: () => void;
}

/** Keeps a subscription alive across restarts of the server: the browser alone gives up on the first bad answer. */
export function useRecovery({ status, error, reset }: Subscription): void {
  const troubled = status === 'error' || (status === 'connecting' && error != null);

  useEffect(() => onServerReturn(reset), [reset]);

  useEffect(() => {
    if (troubled) {
      void suspectConnection();
    }
    if (status === 'error') {
      const timer = setTimeout(reset, retryAfterMs);
      return () => clearTimeout(timer);
    }
  }, [troubled, status, reset]);
}
