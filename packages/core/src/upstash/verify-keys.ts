import { countImportedItems } from '@twin/db/queries/imported-items';
import { listCacheValues } from '@twin/db/queries/imported-values';
import { getRateLimitCount } from '@twin/db/queries/rate-limits';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { keysKey } from './import-keys.ts';
import { type KeyPrefixes, type MappedKey, mapKey } from './map-key.ts';
import type { KeySource } from './sources.ts';

export interface KeysVerdict {
  /** What the database says it holds now; keys expire on both sides all the time. */
  sourceCount: number;
  outcomes: Record<string, number>;
  /** Cached values and counted calls read on both sides. */
  sampled: number;
  /** Keys whose value or time to live is not the same, and those whose calls are not counted here. */
  different: string[];
  passed: boolean;
}

const sampleSize = 100;
/** Reading both sides takes time, and Upstash promises a read only after a while everywhere. */
const expiryMsMax = 10_000;

/** Compares keys picked by chance at the source with what the cache and the counted calls keep of them. */
export async function verifyKeys(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  scope: TwinScope,
  { source, prefixes }: { source: KeySource; prefixes: KeyPrefixes },
): Promise<KeysVerdict> {
  const picked = [...new Set(await source.sampleKeys(sampleSize))];
  const originals = await source.read(picked);
  const mapped = originals.map((original) => mapKey(original, prefixes, clock.now()));
  const expected = mapped.filter((item) => item.outcome === 'cache');
  const kept = await listCacheValues(
    db,
    scope,
    expected.map(({ key }) => key),
  );
  const ours = new Map(kept.map((value) => [value.key, value]));
  const different = expected.filter((item) => {
    const own = ours.get(item.key);
    const unlimited = originals.find(({ key }) => key === item.key)?.ttlMs === null;
    return own?.value !== item.value || (!unlimited && Math.abs(own.expiresAt - item.expiresAt) > expiryMsMax);
  });
  const counts = await compareCounts(db, scope, mapped, clock.now());
  return {
    sourceCount: await source.countKeys(),
    outcomes: await countImportedItems(db, scope, keysKey(source)),
    sampled: expected.length + counts.sampled,
    different: [...different.map(({ key }) => key), ...counts.missing],
    passed: different.length === 0 && counts.missing.length === 0,
  };
}

/** The source goes on counting, and of several windows the newest is kept: that a key is counted at all is what must hold. */
async function compareCounts(
  db: Deps['db'],
  scope: TwinScope,
  mapped: readonly MappedKey[],
  now: number,
): Promise<{ sampled: number; missing: string[] }> {
  const expected = mapped
    .filter((item) => item.outcome === 'rate limit')
    .filter(({ count, expiresAt }) => count > 0 && expiresAt > now + expiryMsMax);
  const missing: string[] = [];
  for (const { key } of expected) {
    if ((await getRateLimitCount(db, scope, key)) === 0) missing.push(key);
  }
  return { sampled: expected.length, missing };
}
