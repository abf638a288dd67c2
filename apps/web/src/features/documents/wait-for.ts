/** Waits for `ms` milliseconds, or until `signal` is aborted, which is no error. */
export async function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  // Its listeners are told once, at that moment.
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}
