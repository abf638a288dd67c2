export interface WakeUp {
  ring: () => void;
  /** Resolves at the next ring, at once when it rang since the last wait, after `timeoutMs`, or on abort. */
  wait(timeoutMs: number, signal?: AbortSignal): Promise<void>;
}

/** A bell that cannot be missed: a ring between two waits wakes the second. */
export function createWakeUp(): WakeUp {
  let rung = false;
  let wake = (): void => undefined;
  return {
    ring: () => {
      rung = true;
      wake();
    },
    async wait(timeoutMs, signal) {
      if (!rung && signal?.aborted !== true) {
        const { promise, resolve } = Promise.withResolvers<void>();
        const awake = (): void => resolve();
        const timer = setTimeout(awake, timeoutMs);
        wake = awake;
        signal?.addEventListener('abort', awake, { once: true });
        await promise;
        clearTimeout(timer);
        signal?.removeEventListener('abort', awake);
      }
      rung = false;
    },
  };
}
