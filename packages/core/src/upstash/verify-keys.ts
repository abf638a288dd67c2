import { countImportedItems } from '@twin/db/queries/imported-items';
import { listCacheValues, listIngestionRecords, listRateLimitCounts } from '@twin/db/queries/imported-values';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { checksum } from './checksum.ts';
import { keysKey } from './import-keys.ts';
import { isSameCached } from './is-same-cached.ts';
import { type KeyPrefixes, type MappedKey, mapKey } from './map-key.ts';
import type { KeySource } from './sources.ts';

export interface KeysVerdict {
  /** What the database says it holds now; keys expire on both sides all the time. */
  sourceCount: number;
  outcomes: Record<string, number>;
  /** Cached values, counted calls and ingestion records read on both sides. */
  sampled: number;
  /** Keys whose value, time to live, count or record is not the same. */
  different: string[];
  /** Values that the cache had no room for. */
  surplus: number;
  passed: boolean;
}

type Sample<Outcome extends string> = Extract<MappedKey, { outcome: Outcome }> & { isUnlimited: boolean };

const sampleSize = 100;
/** Reading both sides takes time, and Upstash promises a read only after a while everywhere. */
const expiryMsMax = 10_000;

/**
 * Compares keys picked by chance at the source with what is here of them.
 *
 * @param surplus values that `importKeys` had no room for: they are missing here, whether the sample meets them or not.
 */
export async function verifyKeys(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  scope: TwinScope,
  { source, prefixes, surplus }: { source: KeySource; prefixes: KeyPrefixes; surplus: number },
): Promise<KeysVerdict> {
  const picked = [...new Set(await source.sampleKeys(sampleSize))];
  const originals = await source.read(picked);
  const now = clock.now();
  const sample = originals.map((original) => ({
    ...mapKey(original, prefixes, now),
    isUnlimited: original.ttlMs === null,
  }));
  const ofOutcome = <Outcome extends string>(outcome: Outcome) =>
    sample.filter((item): item is Sample<Outcome> => item.outcome === outcome);
  const compared = [
    await compareValues(db, scope, ofOutcome('cache')),
    await compareCounts(
      db,
      scope,
      ofOutcome('rate limit').filter(({ count, expiresAt }) => count > 0 && expiresAt > now + expiryMsMax),
    ),
    await compareIngestions(
      db,
      scope,
      ofOutcome('ingestion').filter(({ expiresAt }) => expiresAt > now + expiryMsMax),
    ),
  ];
  const different = compared.flatMap((group) => group.different);
  return {
    sourceCount: await source.countKeys(),
    outcomes: await countImportedItems(db, scope, keysKey(source)),
    sampled: compared.reduce((sum, group) => sum + group.sampled, 0),
    different,
    surplus,
    passed: different.length === 0 && surplus === 0,
  };
}

interface IngestionRecord {
  userId: string;
  documentCount: number;
  documents: unknown;
}

interface Comparison {
  sampled: number;
  different: string[];
}

async function compareValues(db: Deps['db'], scope: TwinScope, expected: Sample<'cache'>[]): Promise<Comparison> {
  const keys = expected.map(({ key }) => key);
  const ours = new Map((await listCacheValues(db, scope, keys)).map((value) => [value.key, value]));
  const different = expected.filter((value) => !isSameCached(ours.get(value.key), value, expiryMsMax));
  return { sampled: expected.length, different: different.map(({ key }) => key) };
}

/** Of several windows of a key the newest is kept, and of that one no fewer calls than the source has counted. */
async function compareCounts(db: Deps['db'], scope: TwinScope, expected: Sample<'rate limit'>[]): Promise<Comparison> {
  const keys = expected.map(({ key }) => key);
  const ours = new Map((await listRateLimitCounts(db, scope, keys)).map((counted) => [counted.key, counted]));
  const different = expected.filter(({ key, count, expiresAt }) => {
    const own = ours.get(key);
    if (own === undefined || own.expiresAt < expiresAt - expiryMsMax) return true;
    return own.expiresAt <= expiresAt + expiryMsMax && own.count < count;
  });
  return { sampled: expected.length, different: different.map(({ key }) => key) };
}

async function compareIngestions(
  db: Deps['db'],
  scope: TwinScope,
  expected: Sample<'ingestion'>[],
): Promise<Comparison> {
  const ids = expected.map(({ id }) => id);
  const ours = new Map((await listIngestionRecords(db, scope, ids)).map((record) => [record.id, record]));
  const different = expected.filter((record) => {
    const own = ours.get(record.id);
    if (own === undefined) return true;
    const erased = listErased(own);
    return contentOf(own, erased) !== contentOf(record, erased);
  });
  return { sampled: expected.length, different: different.map(({ id }) => id) };
}

/** Of a document that was erased here the record keeps no title. */
function listErased({ documents }: IngestionRecord): ReadonlySet<unknown> {
  return new Set(entriesOf(documents).flatMap((entry) => ('title' in entry ? [] : [entry['id']])));
}

function contentOf({ userId, documentCount, documents }: IngestionRecord, erased: ReadonlySet<unknown>): string {
  const said = entriesOf(documents).map((entry) =>
    erased.has(entry['id']) ? { ...entry, title: undefined, metadata: undefined } : entry,
  );
  return Buffer.from(checksum({ userId, documentCount, documents: said })).toString('hex');
}

function entriesOf(documents: unknown): Record<string, unknown>[] {
  const isEntry = (entry: unknown): entry is Record<string, unknown> => typeof entry === 'object' && entry !== null;
  return Array.isArray(documents) ? documents.filter(isEntry) : [];
}
