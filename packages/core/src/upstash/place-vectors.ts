import type { Db } from '@twin/db/db';
import { placeOfVectorId } from '@twin/db/place-of-vector-id';
import { listDocumentsWithFile } from '@twin/db/queries/documents';
import {
  type ImportedItem,
  listImportedItems,
  listTargetOwners,
  type TargetOwner,
} from '@twin/db/queries/imported-items';
import type { TwinScope } from '@twin/db/scope';
import { checksum } from './checksum.ts';
import type { EmbeddingChoice } from './choose-embeddings.ts';
import { asOwnDocument, isPassage, type MappedPassage, type MappedVector, mapVector } from './map-vector.ts';
import { namespaceKey } from './namespace-key.ts';
import type { SourceVector, VectorSource } from './sources.ts';

/** A vector of the source, with what it becomes and what is known of it from before. */
export interface PlacedVector {
  vector: SourceVector;
  mapped: MappedVector;
  checksum: Uint8Array;
  known: ImportedItem | undefined;
}

export interface PlacingTask {
  source: VectorSource;
  namespace: string;
  embeddings: Pick<EmbeddingChoice, 'action' | 'model'>;
}

/**
 * Says what each vector of a page becomes, where several may want one place: who has it keeps it, of those that come
 * together the first gets it, and each other one becomes a document of its own. The same vector of two indexes is one, until
 * one of them changes it: then that one's is its own. What would join a document that came as a file is left out: the file
 * would not say what it says.
 *
 * @param db undefined where nothing can have been imported yet.
 */
export async function placeVectors(
  db: Db | undefined,
  scope: TwinScope,
  task: PlacingTask,
  vectors: readonly SourceVector[],
): Promise<PlacedVector[]> {
  const key = namespaceKey(task.source, task.namespace);
  const distinct = [...new Map(vectors.map((vector) => [vector.id, vector])).values()];
  const ids = distinct.map(({ id }) => id);
  const known = db === undefined ? new Map<string, ImportedItem>() : await listImportedItems(db, scope, key, ids);
  const items = distinct.map((vector): PlacedVector => {
    const mapped = mapVector(task.namespace, vector);
    return { vector, mapped, checksum: checksumOf(task, vector), known: known.get(vector.id) };
  });
  const owners = db === undefined ? [] : await listOtherOwners(db, scope, task, items);
  const placed = assignPlaces(key, items, owners);
  return db === undefined ? placed : await withoutFiles(db, scope, placed);
}

function checksumOf({ embeddings }: PlacingTask, { id, data, metadata, vector }: SourceVector): Uint8Array {
  return checksum([id, data, metadata, embeddings.action === 'keep' ? vector : embeddings.model]);
}

function assignPlaces(key: string, items: readonly PlacedVector[], owners: readonly TargetOwner[]): PlacedVector[] {
  const taken = new Set(
    items.flatMap((item) => (isPassage(item.mapped) && isInPlace(item) ? placeOf(item.mapped) : [])),
  );
  return items.map((item) => {
    const { mapped, known } = item;
    if (!isPassage(mapped) || isSettled(item)) return item;
    const own = asOwnDocument(mapped, key, item.vector.id);
    const others = owners.filter(({ targetId }) => spellingsOf(mapped).includes(targetId));
    const isTaken =
      (taken.has(placeOf(mapped)) && !isInPlace(item)) ||
      others.some((owner) => !isEqual(owner.checksum, item.checksum));
    // Once a document of its own it stays one, whatever becomes of the others.
    if (isTaken || known?.targetId === own.id) return { ...item, mapped: own };
    taken.add(placeOf(mapped));
    return item;
  });
}

/** Whether there is nothing to do: it is where it is to be, and has not changed. */
function isSettled(item: PlacedVector): boolean {
  return isInPlace(item) && item.known !== undefined && isEqual(item.known.checksum, item.checksum);
}

/** Whether it was where it is to be at the last pass. */
function isInPlace({ mapped, known }: PlacedVector): boolean {
  return isPassage(mapped) && known?.targetId != null && spellingsOf(mapped).includes(known.targetId);
}

function placeOf({ documentId, ordinal }: MappedPassage): string {
  return `${ordinal} ${documentId}`;
}

/** The ids that name its place: the first passage of a document may also go by the document's own. */
function spellingsOf({ id, documentId, ordinal }: MappedPassage): string[] {
  if (ordinal !== 0 || placeOfVectorId(documentId) !== undefined) return [id];
  return [documentId, `${documentId}-chunk-0`];
}

/** The items, not of this page, that have the places which it wants. Those that are gone at the source have them no more. */
async function listOtherOwners(
  db: Db,
  scope: TwinScope,
  { source, namespace }: PlacingTask,
  items: readonly PlacedVector[],
): Promise<TargetOwner[]> {
  const key = namespaceKey(source, namespace);
  const wanted = items.flatMap((item) => (isPassage(item.mapped) && !isSettled(item) ? spellingsOf(item.mapped) : []));
  if (wanted.length === 0) return [];
  const here = new Set(items.map(({ vector }) => vector.id));
  const owners = (await listTargetOwners(db, scope, wanted)).filter(
    (owner) => owner.source !== key || !here.has(owner.itemId),
  );
  const toAsk = owners.filter((owner) => owner.source === key);
  const found = await source.fetch(
    namespace,
    toAsk.map(({ itemId }) => itemId),
  );
  const gone = new Set(toAsk.filter((_owner, index) => found[index] === null));
  return owners.filter((owner) => !gone.has(owner));
}

async function withoutFiles(db: Db, scope: TwinScope, items: readonly PlacedVector[]): Promise<PlacedVector[]> {
  const ids = items.flatMap(({ mapped }) => (isPassage(mapped) ? [mapped.documentId] : []));
  const files = await listDocumentsWithFile(db, scope, ids);
  return items.map((item) =>
    isPassage(item.mapped) && files.has(item.mapped.documentId)
      ? { ...item, mapped: { outcome: 'skipped: a file here has its id' } }
      : item,
  );
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
