import type { Tx } from '@twin/db/db';
import { CACHE_BYTES_MAX, trimCache } from '@twin/db/queries/cache';
import { upsertImportProgress } from '@twin/db/queries/import-progress';
import { countUncachedItems, type ImportedItem, upsertImportedItems } from '@twin/db/queries/imported-items';
import {
  type ExpiringValue,
  listCacheValues,
  upsertCacheValues,
  upsertImportedIngestions,
  upsertRateLimitCounts,
} from '@twin/db/queries/imported-values';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { checksum } from './checksum.ts';
import type { PassResult } from './import-namespace.ts';
import { isSameCached } from './is-same-cached.ts';
import { type KeyPrefixes, type MappedKey, mapKey } from './map-key.ts';
import { openPass } from './open-pass.ts';
import type { KeySource, SourceKey } from './sources.ts';

export interface KeyTask {
  source: KeySource;
  prefixes: KeyPrefixes;
  /** Told after each stored page. */
  onPage?: ((page: { read: number; written: number }) => void) | undefined;
}

export interface KeysResult extends PassResult {
  /** Values of this pass that the cache had no room for, those that another process brought before it was killed as well. */
  surplus: number;
}

interface MappedItem {
  source: SourceKey;
  mapped: MappedKey;
}

const pageSize = 250;

/** By which an import of this database's keys is known again. */
export function keysKey({ name }: KeySource): string {
  return `redis:${name}`;
}

/** Time to live is told in milliseconds from when it is asked for: a value whose end is this near is the same. */
const expirySlackMs = 5_000;

/** The cache is trimmed when so much has been added, as by what this app keeps there: a source may hold many times its size. */
const addedBytesMax = CACHE_BYTES_MAX / 16;

/**
 * Reads all keys page by page and takes over values, counters and ingestion records; resumable and repeatable as
 * `importNamespace` is: what is here already is not written again. What is gone at the source is left here: values expire
 * here as they did there. The cache is trimmed to its size on the way and at the end; imported values go first.
 */
export async function importKeys(
  deps: Pick<Deps, 'db' | 'clock'>,
  scope: TwinScope,
  task: KeyTask,
): Promise<KeysResult> {
  const key = keysKey(task.source);
  const { pass, cursor: start } = await openPass(deps.db, scope, key);
  const result: KeysResult = { pass, read: 0, written: 0, deleted: 0, surplus: 0 };
  let cursor = start ?? '0';
  let addedBytes = 0;
  do {
    const page = await task.source.scan(cursor, pageSize);
    const sources = await task.source.read([...new Set(page.keys)]);
    const now = deps.clock.now();
    const items = sources.map((source) => ({ source, mapped: mapKey(source, task.prefixes, now) }));
    const stored = await deps.db.transaction().execute(async (tx: Tx) => {
      const counts = await storeItems(tx, scope, items);
      await upsertImportedItems(tx, scope, key, pass, items.map(toImportedItem));
      await upsertImportProgress(tx, scope, key, { pass, cursor: page.nextCursor, done: page.nextCursor === '0' });
      return counts;
    });
    addedBytes += stored.cachedBytes;
    if (addedBytes >= addedBytesMax) {
      addedBytes = 0;
      await trimCache(deps.db, scope);
    }
    result.read += items.length;
    result.written += stored.written;
    task.onPage?.({ read: items.length, written: stored.written });
    cursor = page.nextCursor;
  } while (cursor !== '0');
  await trimCache(deps.db, scope);
  return { ...result, surplus: await countUncachedItems(deps.db, scope, key, pass) };
}

/** Returns how many were not here like that yet, and what those of them take that went into the cache. */
async function storeItems(
  tx: Tx,
  scope: TwinScope,
  items: readonly MappedItem[],
): Promise<{ written: number; cachedBytes: number }> {
  const values = await withoutUnchanged(tx, scope, items);
  await upsertCacheValues(tx, scope, values);
  const mapped = items.map((item) => item.mapped);
  const counts = mapped.filter((item) => item.outcome === 'rate limit');
  const ingestions = mapped.filter((item) => item.outcome === 'ingestion');
  const written =
    values.length +
    (await upsertRateLimitCounts(tx, scope, counts, expirySlackMs)) +
    (await upsertImportedIngestions(tx, scope, ingestions));
  const bytesOf = ({ key, value }: ExpiringValue) => Buffer.byteLength(key) + Buffer.byteLength(value);
  return { written, cachedBytes: values.reduce((sum, value) => sum + bytesOf(value), 0) };
}

async function withoutUnchanged(tx: Tx, scope: TwinScope, items: readonly MappedItem[]): Promise<ExpiringValue[]> {
  const values = items.flatMap(({ source, mapped }) =>
    mapped.outcome === 'cache' ? { ...mapped, isUnlimited: source.ttlMs === null } : [],
  );
  const kept = await listCacheValues(
    tx,
    scope,
    values.map(({ key }) => key),
  );
  const ours = new Map(kept.map((value) => [value.key, value]));
  return values.filter((value) => !isSameCached(ours.get(value.key), value, expirySlackMs));
}

function toImportedItem({ source, mapped }: MappedItem): ImportedItem {
  const targetId = 'key' in mapped ? mapped.key : 'id' in mapped ? mapped.id : null;
  const itemId = source.key.replaceAll('\0', '').toWellFormed();
  return {
    itemId,
    outcome: mapped.outcome,
    targetId,
    checksum: checksum(source.value),
    ...(mapped.outcome === 'cache' ? { expiresAt: mapped.expiresAt } : {}),
  };
}
