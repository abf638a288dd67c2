import { useEffect, useState } from 'react';

/** Milliseconds left until `until` (epoch), counted down each second; 0 when it has passed or is null. */
export function useCountdown(until: number | null): number {
  const [now, setNow] = useState(() => Date.now());
  const left = until === null ? 0 : Math.max(0, until - now);
  const running = left > 0;

  useEffect(() => {
    setNow(Date.now());
  }, [until]);

  useEffect(() => {
    if (!running) {
      return;
    }
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, [running]);

  return left;
}
