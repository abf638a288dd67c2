import { AppError } from '../app-error.ts';
import { limits } from '../limits.ts';

/** How many answers visitors watch in this process at once: each watch asks the database again and again. */
export interface WatchPlaces {
  /**
   * @returns gives the place back; called again it does nothing.
   * @throws AppError `rate-limited` when the visitor, or the address, holds as many as may be.
   */
  take(visitorId: string, address: string): () => void;
}

const retryAfterMs = 5_000;

export function createWatchPlaces(): WatchPlaces {
  const held = new Map<string, number>();
  const has = (key: string) => held.get(key) ?? 0;

  function change(key: string, by: 1 | -1): void {
    const left = has(key) + by;
    if (left === 0) held.delete(key);
    else held.set(key, left);
  }

  return {
    take(visitorId, address) {
      const keys = [`visitor:${visitorId}`, `address:${address}`] as const;
      if (has(keys[0]) >= limits.visitorWatchesMax || has(keys[1]) >= limits.visitorWatchesOfAddressMax) {
        const message =
          'Too many answers are being followed from here. Close other pages of this twin, or wait a moment.';
        throw new AppError('rate-limited', message, { retryAfterMs, reason: 'visitor-watches' });
      }
      for (const key of keys) change(key, 1);
      let isHeld = true;
      return () => {
        if (isHeld) for (const key of keys) change(key, -1);
        isHeld = false;
      };
    },
  };
}
