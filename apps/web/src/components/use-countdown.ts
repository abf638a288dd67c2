import { useCallback, useSyncExternalStore } from 'react';

const tickMs = 250;

/** Milliseconds left until `until` (epoch), in whole seconds; 0 when it has passed or is null. */
export function useCountdown(until: number | null): number {
  const subscribe = useCallback(
    (listener: () => void) => {
      if (until === null || until <= Date.now()) {
        return () => {};
      }
      const timer = setInterval(() => {
        listener();
        if (until <= Date.now()) {
          clearInterval(timer);
        }
      }, tickMs);
      return () => clearInterval(timer);
    },
    [until],
  );
  const seconds = useSyncExternalStore(subscribe, () =>
    until === null ? 0 : Math.max(0, Math.ceil((until - Date.now()) / 1000)),
  );
  return seconds * 1000;
}
