import type { Tx } from '@twin/db/db';
import { upsertImportProgress } from '@twin/db/queries/import-progress';
import { type ImportedItem, upsertImportedItems } from '@twin/db/queries/imported-items';
import { insertImportedIngestions, upsertCacheValues, upsertRateLimitCounts } from '@twin/db/queries/imported-values';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { checksum } from './checksum.ts';
import type { PassResult } from './import-namespace.ts';
import { type KeyPrefixes, type MappedKey, mapKey } from './map-key.ts';
import { openPass } from './open-pass.ts';
import type { KeySource, SourceKey } from './sources.ts';

export interface KeyTask {
  source: KeySource;
  prefixes: KeyPrefixes;
  /** Told after each stored page. */
  onPage?: ((page: { read: number; written: number }) => void) | undefined;
}

const pageSize = 250;

/** By which an import of this database's keys is known again. */
export function keysKey({ name }: KeySource): string {
  return `redis:${name}`;
}

/**
 * Reads all keys page by page and takes over values, counters and ingestion records; resumable and repeatable as
 * `importNamespace` is. What is gone at the source is left here: values expire here as they did there.
 */
export async function importKeys(
  deps: Pick<Deps, 'db' | 'clock'>,
  scope: TwinScope,
  task: KeyTask,
): Promise<PassResult> {
  const key = keysKey(task.source);
  const { pass, cursor: start } = await openPass(deps.db, scope, key);
  const result: PassResult = { pass, read: 0, written: 0, deleted: 0 };
  let cursor = start ?? '0';
  do {
    const page = await task.source.scan(cursor, pageSize);
    const sources = await task.source.read([...new Set(page.keys)]);
    const now = deps.clock.now();
    const items = sources.map((source) => ({ source, mapped: mapKey(source, task.prefixes, now) }));
    await deps.db.transaction().execute(async (tx: Tx) => {
      await storeItems(
        tx,
        scope,
        items.map(({ mapped }) => mapped),
      );
      await upsertImportedItems(tx, scope, key, pass, items.map(toImportedItem));
      await upsertImportProgress(tx, scope, key, { pass, cursor: page.nextCursor, done: page.nextCursor === '0' });
    });
    const written = items.filter(({ mapped }) => !mapped.outcome.startsWith('skipped')).length;
    result.read += items.length;
    result.written += written;
    task.onPage?.({ read: items.length, written });
    cursor = page.nextCursor;
  } while (cursor !== '0');
  return result;
}

async function storeItems(tx: Tx, scope: TwinScope, mapped: readonly MappedKey[]): Promise<void> {
  await upsertCacheValues(
    tx,
    scope,
    mapped.filter((item) => item.outcome === 'cache'),
  );
  await upsertRateLimitCounts(
    tx,
    scope,
    mapped.filter((item) => item.outcome === 'rate limit'),
  );
  await insertImportedIngestions(
    tx,
    scope,
    mapped.filter((item) => item.outcome === 'ingestion'),
  );
}

function toImportedItem({ source, mapped }: { source: SourceKey; mapped: MappedKey }): ImportedItem {
  const targetId = 'key' in mapped ? mapped.key : 'id' in mapped ? mapped.id : null;
  const itemId = source.key.replaceAll('\0', '').toWellFormed();
  return { itemId, outcome: mapped.outcome, targetId, checksum: checksum(source.value) };
}
