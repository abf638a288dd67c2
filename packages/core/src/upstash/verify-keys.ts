import { countImportedItems } from '@twin/db/queries/imported-items';
import { listCacheValues } from '@twin/db/queries/imported-values';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { keysKey } from './import-keys.ts';
import { type KeyPrefixes, mapKey } from './map-key.ts';
import type { KeySource } from './sources.ts';

export interface KeysVerdict {
  /** What the database says it holds now; keys expire on both sides all the time. */
  sourceCount: number;
  outcomes: Record<string, number>;
  /** Cached values read on both sides. */
  sampled: number;
  /** Keys whose value or time to live is not the same. */
  different: string[];
  passed: boolean;
}

const sampleSize = 100;
/** Reading both sides takes time, and Upstash promises a read only after a while everywhere. */
const expiryMsMax = 10_000;

/** Compares keys picked by chance at the source with what the cache keeps of them. */
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
  return {
    sourceCount: await source.countKeys(),
    outcomes: await countImportedItems(db, scope, keysKey(source)),
    sampled: expected.length,
    different: different.map(({ key }) => key),
    passed: different.length === 0,
  };
}
