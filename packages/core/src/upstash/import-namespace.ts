import type { Tx } from '@twin/db/db';
import { listDocumentsWithFile } from '@twin/db/queries/documents';
import { upsertImportProgress } from '@twin/db/queries/import-progress';
import { type ImportedItem, listImportedItems, upsertImportedItems } from '@twin/db/queries/imported-items';
import { type NewVector, upsertVectorsIn } from '@twin/db/queries/upsert-vectors';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { checksum } from './checksum.ts';
import type { EmbeddingChoice } from './choose-embeddings.ts';
import { deleteMissedVectors } from './delete-missed-vectors.ts';
import { type MappedVector, mapVector } from './map-vector.ts';
import { openPass } from './open-pass.ts';
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

interface Item {
  vector: SourceVector;
  mapped: MappedVector;
  checksum: Uint8Array;
}

/** Vectors a request asks for: some 3 MB of JSON at 1,536 dimensions. */
const pageSize = 100;

/** By which an import of this namespace is known again. */
export function namespaceKey({ name }: VectorSource, namespace: string): string {
  return `vector:${name}#${namespace}`;
}

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
  result.deleted = await deleteMissedVectors(deps.db, scope, task, { key, pass });
  await upsertImportProgress(deps.db, scope, key, { pass, cursor: null, done: true });
  return result;
}

async function storePage(
  deps: ImportDeps,
  scope: TwinScope,
  task: ImportTask,
  page: { vectors: SourceVector[]; pass: number; nextCursor: string },
): Promise<number> {
  const key = namespaceKey(task.source, task.namespace);
  const items = await withoutFiles(
    deps,
    scope,
    page.vectors.map((vector) => toItem(task, vector)),
  );
  const known = await listImportedItems(
    deps.db,
    scope,
    key,
    items.map(({ vector }) => vector.id),
  );
  const changed = items.filter(
    ({ vector, mapped, checksum: now }) =>
      mapped.outcome === 'passage' && Buffer.compare(known.get(vector.id)?.checksum ?? new Uint8Array(), now) !== 0,
  );
  const vectors = await toVectors(deps, task, changed);
  await deps.db.transaction().execute(async (tx: Tx) => {
    await upsertVectorsIn(tx, deps.databaseHome, scope, task.embeddings.model, vectors);
    await upsertImportedItems(tx, scope, key, page.pass, items.map(toImportedItem));
    await upsertImportProgress(tx, scope, key, { pass: page.pass, cursor: page.nextCursor, done: false });
  });
  return vectors.length;
}

function toItem({ namespace, embeddings }: ImportTask, vector: SourceVector): Item {
  const how = embeddings.action === 'keep' ? vector.vector : embeddings.model;
  const { id, data, metadata } = vector;
  return { vector, mapped: mapVector(namespace, vector), checksum: checksum([id, data, metadata, how]) };
}

/** A passage cannot join a document that came as a file: the file would not say what it says. */
async function withoutFiles({ db }: ImportDeps, scope: TwinScope, items: Item[]): Promise<Item[]> {
  const ids = items.flatMap(({ mapped }) => (mapped.outcome === 'passage' ? [mapped.documentId] : []));
  const files = await listDocumentsWithFile(db, scope, ids);
  return items.map((item) =>
    item.mapped.outcome === 'passage' && files.has(item.mapped.documentId)
      ? { ...item, mapped: { outcome: 'skipped: a file here has its id' } }
      : item,
  );
}

async function toVectors({ embedder }: ImportDeps, { embeddings }: ImportTask, items: Item[]): Promise<NewVector[]> {
  const passages = items.flatMap(({ vector, mapped }) => (mapped.outcome === 'passage' ? [{ vector, mapped }] : []));
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

function toImportedItem({ vector, mapped, checksum: sum }: Item): ImportedItem {
  const targetId = mapped.outcome === 'passage' ? mapped.id : null;
  return { itemId: vector.id, outcome: mapped.outcome, targetId, checksum: sum };
}
