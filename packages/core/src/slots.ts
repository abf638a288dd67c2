/** Lets so many works run at once; others wait their turn, first come, first served. */
export interface Slots {
  /** What `work` gives, once it has had its turn. @throws the signal's reason while it waits. */
  run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  statistics(): { running: number; waiting: number };
}

/** @param max as many as there are cores for work that computes without waiting for anything. */
export function createSlots(max: number): Slots {
  const waiting: PromiseWithResolvers<void>[] = [];
  let running = 0;

  /** A slot that ends is handed on: whoever comes meanwhile cannot slip in before those who wait. */
  async function waitForTurn(signal: AbortSignal | undefined): Promise<void> {
    if (running < max) {
      running += 1;
      return;
    }
    const turn = Promise.withResolvers<void>();
    const leave = () => {
      const place = waiting.indexOf(turn);
      if (place === -1) return;
      waiting.splice(place, 1);
      turn.reject(signal?.reason);
    };
    waiting.push(turn);
    signal?.addEventListener('abort', leave, { once: true });
    await turn.promise.finally(() => signal?.removeEventListener('abort', leave));
  }

  function handOn(): void {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next.resolve();
  }

  return {
    async run(work, signal) {
      signal?.throwIfAborted();
      await waitForTurn(signal);
      try {
        return await work();
      } finally {
        handOn();
      }
    },
    statistics: () => ({ running, waiting: waiting.length }),
  };
}
