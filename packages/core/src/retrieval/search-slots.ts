/** Lets so many searches for the nearest run at once; others wait their turn, first come, first served. */
export interface SearchSlots {
  /** What `search` gives, once it has had its turn. @throws the signal's reason while it waits. */
  run<T>(search: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  statistics(): { running: number; waiting: number };
}

/**
 * A search for the nearest computes without waiting for anything. Far more of them at once than the database has cores do no
 * more together, and each takes longer: on two cores 20 at once do as many a second as eight, at twice the time each
 * (bench/vectors.md). Meanwhile the pool's other connections serve what is quick.
 *
 * @param max as many as the database has cores.
 */
export function createSearchSlots(max: number): SearchSlots {
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
    async run(search, signal) {
      signal?.throwIfAborted();
      await waitForTurn(signal);
      try {
        return await search();
      } finally {
        handOn();
      }
    },
    statistics: () => ({ running, waiting: waiting.length }),
  };
}
