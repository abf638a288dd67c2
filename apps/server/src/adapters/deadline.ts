export interface Deadline {
  /** Does some work whose time does not count. */
  without(work: () => Promise<void>): Promise<void>;
  cancel(): void;
}

/** Calls `onOver` once so much time has gone by. */
export function createDeadline(ms: number, onOver: () => void): Deadline {
  let left = ms;
  let since = performance.now();
  let timer = setTimeout(onOver, left);
  let isCancelled = false;
  return {
    async without(work) {
      clearTimeout(timer);
      left -= performance.now() - since;
      await work();
      since = performance.now();
      if (!isCancelled) timer = setTimeout(onOver, Math.max(0, left));
    },
    cancel() {
      isCancelled = true;
      clearTimeout(timer);
    },
  };
}
