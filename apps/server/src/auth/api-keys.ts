import { createHash } from 'node:crypto';
import type { Db } from '@twin/db/db';
import { findApiKey } from '@twin/db/queries/api-keys';

export interface ProvenKey {
  id: string;
  name: string | null;
}

/** Tells whose an API key is. */
export interface ApiKeys {
  /** Null for a key that is not valid; with `fromMemory` also for one that would have to be looked up. */
  find(key: string, options?: { fromMemory?: boolean }): Promise<ProvenKey | null>;
  /** To be called after any change of the keys: the next look asks the database. */
  forget(): void;
}

/** So long a valid key is believed without a look. */
export const believedMs = 5_000;
const believedKeysMax = 1_000;

/**
 * Looks keys up by their hash, which is all the database holds, and writes nothing: the sign-in library's own check costs
 * two logged updates a call. A key that is revoked or switched off is refused at once in the process that did it, and
 * within `believedMs` in every other; an expired one at the moment it expires.
 *
 * @param monotonicMs replaces the process's clock in tests.
 */
export function createApiKeys(db: Db, monotonicMs: () => number = () => performance.now()): ApiKeys {
  const believed = new Map<string, ProvenKey & { untilMs: number }>();
  let changes = 0;

  return {
    async find(key, { fromMemory = false } = {}) {
      // As the sign-in library hashes them.
      const hash = createHash('sha256').update(key).digest('base64url');
      const askedAtMs = monotonicMs();
      const known = believed.get(hash);
      if (known !== undefined && askedAtMs < known.untilMs) return known;
      believed.delete(hash);
      if (fromMemory) return null;
      const changesBefore = changes;
      const row = await findApiKey(db, hash);
      if (row === undefined) return null;
      const { id, name, expiresInMs } = row;
      // An answer that a change has overtaken is good for this call alone.
      if (changes === changesBefore) {
        believed.set(hash, { id, name, untilMs: askedAtMs + Math.min(believedMs, expiresInMs ?? believedMs) });
        for (const oldest of believed.keys()) {
          if (believed.size <= believedKeysMax) break;
          believed.delete(oldest);
        }
      }
      return { id, name };
    },
    forget() {
      changes += 1;
      believed.clear();
    },
  };
}
