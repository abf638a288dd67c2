import type { Db } from '@twin/db/db';
import { findApiKey } from '@twin/db/queries/api-keys';
import { hashApiKey } from '../adapters/better-auth.ts';

export interface ProvenKey {
  id: string;
  name: string | null;
}

/** Tells whose an API key is. */
export interface ApiKeys {
  /** Null for a key that is not valid; with `fromMemory` also for one that was never proven here, which costs no query then. */
  find(key: string, options?: { fromMemory?: boolean }): Promise<ProvenKey | null>;
  /** To be called after any change of the keys: the next look asks the database. */
  forget(): void;
}

/** So long a valid key is believed without a look. */
export const believedMs = 5_000;
const knownKeysMax = 1_000;

/**
 * Looks keys up by their hash, which is all the database holds, and writes nothing: the sign-in library's own check costs
 * two logged updates a call. A key that is revoked or switched off is refused at once in the process that did it, and
 * within `believedMs` in every other; an expired one at the moment it expires. A key that was proven once is known until a
 * look finds it invalid: nobody can make up one that costs a look.
 *
 * @param monotonicMs replaces the process's clock in tests.
 */
export function createApiKeys(db: Db, monotonicMs: () => number = () => performance.now()): ApiKeys {
  const known = new Map<string, ProvenKey & { untilMs: number }>();
  let changes = 0;

  function remember(hash: string, key: ProvenKey, untilMs: number): void {
    known.delete(hash);
    known.set(hash, { ...key, untilMs });
    for (const oldest of known.keys()) {
      if (known.size <= knownKeysMax) break;
      known.delete(oldest);
    }
  }

  return {
    async find(key, { fromMemory = false } = {}) {
      const askedAtMs = monotonicMs();
      const changesBefore = changes;
      const hash = await hashApiKey(key);
      const entry = known.get(hash);
      if (entry !== undefined && askedAtMs < entry.untilMs) return entry;
      if (entry === undefined && fromMemory) return null;
      const row = await findApiKey(db, hash);
      if (row === undefined) {
        known.delete(hash);
        return null;
      }
      const { id, name, expiresInMs } = row;
      // An answer that a change has overtaken is good for this call alone.
      const forMs = changes === changesBefore ? Math.min(believedMs, expiresInMs ?? believedMs) : 0;
      remember(hash, { id, name }, askedAtMs + forMs);
      return { id, name };
    },
    forget() {
      changes += 1;
      for (const entry of known.values()) entry.untilMs = Number.NEGATIVE_INFINITY;
    },
  };
}
