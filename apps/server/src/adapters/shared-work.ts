import { AppError } from '@twin/core/app-error';

export interface SharedWork<Result> {
  /**
   * What `work` yields for a key: done once for all who ask while it is under way, and for those who ask soon after.
   * Its signal aborts when nobody waits any more.
   * @throws AppError `canceled` when `signal` aborts first; what `work` throws, which is not kept.
   */
  get(key: string, work: (signal: AbortSignal) => Promise<Result>, signal: AbortSignal): Promise<Result>;
}

interface Entry<Result> {
  result: Promise<Result>;
  stop: AbortController;
  waiting: number;
  isDone: boolean;
}

/** @param kept how long a result is kept, and how many of them. */
export function createSharedWork<Result>(kept: { keptMs: number; keptMax: number }): SharedWork<Result> {
  const entries = new Map<string, Entry<Result>>();

  function forget(key: string, entry: Entry<Result>): void {
    if (entries.get(key) === entry) entries.delete(key);
  }

  /** What is under way holds no result yet, and what somebody waits for is about to be taken. */
  function forgetOldest(): void {
    let tooMany = [...entries.values()].filter(({ isDone }) => isDone).length - kept.keptMax;
    for (const [key, entry] of entries) {
      if (tooMany <= 0) return;
      if (!entry.isDone || entry.waiting > 0) continue;
      forget(key, entry);
      tooMany -= 1;
    }
  }

  function start(key: string, work: (signal: AbortSignal) => Promise<Result>): Entry<Result> {
    const stop = new AbortController();
    const entry = { result: work(stop.signal), stop, waiting: 0, isDone: false };
    entries.set(key, entry);
    entry.result.then(
      () => {
        setTimeout(forget, kept.keptMs, key, entry).unref();
        entry.isDone = true;
        forgetOldest();
      },
      () => forget(key, entry),
    );
    return entry;
  }

  return {
    async get(key, work, signal) {
      if (signal.aborted) throw canceled(signal);
      const entry = entries.get(key) ?? start(key, work);
      entry.waiting += 1;
      const left = Promise.withResolvers<never>();
      const leave = () => left.reject(canceled(signal));
      signal.addEventListener('abort', leave, { once: true });
      try {
        return await Promise.race([entry.result, left.promise]);
      } finally {
        signal.removeEventListener('abort', leave);
        entry.waiting -= 1;
        if (entry.waiting === 0 && signal.aborted) {
          forget(key, entry);
          entry.stop.abort(signal.reason);
        }
      }
    },
  };
}

function canceled(signal: AbortSignal): AppError {
  return new AppError('canceled', 'The request was canceled.', { cause: signal.reason });
}
