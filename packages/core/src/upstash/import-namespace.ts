import type { Tx } from '@twin/db/db';
import { gatherFirstStatistics } from '@twin/db/queries/first-statistics';
import { upsertImportProgress } from '@twin/db/queries/import-progress';
import { type ImportedItem, upsertImportedItems } from '@twin/db/queries/imported-items';
import { type NewVector, upsertVectors } from '@twin/db/queries/upsert-vectors';
import { deleteReleasedVectors } from '@twin/db/queries/vector-documents';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import type { EmbeddingChoice } from './choose-embeddings.ts';
import { deleteMissedVectors } from './delete-missed-vectors.ts';
import { isPassage } from './map-vector.ts';
import { namespaceKey } from './namespace-key.ts';
import { openPass } from './open-pass.ts';
import { type PlacedVector, placeVectors } from './place-vectors.ts';
import type { SourceVector, VectorSource } from './sources.ts';

export type ImportDeps = Pick<Deps, 'db' | 'databaseHome' | 'embedder'>;

export interface ImportTask {
  source: VectorSource;
  namespace: string;
  embeddings: EmbeddingChoice;
  /** Told after each stored page. */
  onPage?: ((page: { read: number; written: number }) => void) | undefined;
}

export interface PassResult {
  pass: number;
  /** Items read by this process; a resumed pass has read others before. */
  read: number;
  /** Of them, those that were new or had changed. */
  written: number;
  /** Items that the source no longer holds and that were deleted here. */
  deleted: number;
}

/** Vectors a request asks for: some 3 MB of JSON at 1,536 dimensions. */
const pageSize = 100;

/**
 * Reads a namespace page by page and takes over what is new or has changed. Each page is one transaction with the cursor
 * behind it: killed anywhere, the next call goes on at the first page that is not stored. When a pass has ended, the next
 * call makes another, which writes only what differs.
 */
export async function importNamespace(deps: ImportDeps, scope: TwinScope, task: ImportTask): Promise<PassResult> {
  const key = namespaceKey(task.source, task.namespace);
  const { pass, cursor: start } = await openPass(deps.db, scope, key);
  const result: PassResult = { pass, read: 0, written: 0, deleted: 0 };
  let cursor = start ?? '0';
  while (cursor !== '') {
    const { vectors, nextCursor } = await task.source.range(task.namespace, cursor, pageSize);
    const written = await storePage(deps, scope, task, { vectors, pass, nextCursor });
    result.read += vectors.length;
    result.written += written;
    task.onPage?.({ read: vectors.length, written });
    cursor = nextCursor;
  }
  result.deleted = await deleteMissedVectors(deps.db, scope, task, pass);
  await upsertImportProgress(deps.db, scope, key, { pass, cursor: null, done: true });
  return result;
}

/**
 * Deletes what came from a namespace that the source no longer has. Returns how many vectors there were.
 */
export async function forgetNamespace(
  { db }: Pick<ImportDeps, 'db'>,
  scope: TwinScope,
  task: Pick<ImportTask, 'source' | 'namespace'>,
): Promise<PassResult> {
  const key = namespaceKey(task.source, task.namespace);
  const { pass } = await openPass(db, scope, key);
  // What a cut-off pass has met is gone as well.
  const deleted = await deleteMissedVectors(db, scope, { ...task, isGone: true }, pass + 1);
  await upsertImportProgress(db, scope, key, { pass, cursor: null, done: true });
  return { pass, read: 0, written: 0, deleted };
}

async function storePage(
  deps: ImportDeps,
  scope: TwinScope,
  task: ImportTask,
  page: { vectors: SourceVector[]; pass: number; nextCursor: string },
): Promise<number> {
  const key = namespaceKey(task.source, task.namespace);
  const items = await placeVectors(deps.db, scope, task, page.vectors);
  const vectors = await toVectors(deps, task, items.filter(isToWrite));
  await deps.db.transaction().execute(async (tx: Tx) => {
    await upsertVectors({ db: tx, home: deps.databaseHome }, scope, task.embeddings.model, vectors);
    await upsertImportedItems(tx, scope, key, page.pass, items.map(toImportedItem));
    await deleteReleasedVectors(tx, scope, items.flatMap(leftTarget));
    await upsertImportProgress(tx, scope, key, { pass: page.pass, cursor: page.nextCursor, done: false });
  });
  await gatherFirstStatistics(deps.db, vectors.length);
  return vectors.length;
}

function isToWrite({ mapped, known, checksum }: PlacedVector): boolean {
  if (!isPassage(mapped)) return false;
  return known?.targetId !== mapped.id || Buffer.compare(known.checksum, checksum) !== 0;
}

/** The id it had here and has no more. */
function leftTarget({ mapped, known }: PlacedVector): string[] {
  const targetId = known?.targetId ?? null;
  return targetId === null || (isPassage(mapped) && mapped.id === targetId) ? [] : [targetId];
}

async function toVectors(
  { embedder }: ImportDeps,
  { embeddings }: ImportTask,
  items: PlacedVector[],
): Promise<NewVector[]> {
  const passages = items.flatMap(({ vector, mapped }) => (isPassage(mapped) ? [{ vector, mapped }] : []));
  const computed: (Float32Array | undefined)[] = [];
  if (embeddings.action === 'compute') {
    for (let start = 0; start < passages.length; start += embedder.batchMax) {
      const texts = passages
        .slice(start, start + embedder.batchMax)
        .map(({ mapped }) => `${mapped.title}\n${mapped.content}`);
      computed.push(...(await embedder.embed(texts, 'passage')));
    }
  }
  return passages.map(({ vector, mapped }, index) => ({
    id: mapped.id,
    embedding: computed[index] ?? Float32Array.from(vector.vector ?? []),
    content: mapped.content,
    metadata: mapped.metadata,
    title: mapped.title,
  }));
}

function toImportedItem({ vector, mapped, checksum }: PlacedVector): ImportedItem {
  return { itemId: vector.id, outcome: mapped.outcome, targetId: isPassage(mapped) ? mapped.id : null, checksum };
}
