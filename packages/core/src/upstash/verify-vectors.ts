import { countImportedItems, listImportedItems, listImportedSample } from '@twin/db/queries/imported-items';
import { getVector, querySimilarVectors } from '@twin/db/queries/vectors';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { checksum } from './checksum.ts';
import type { EmbeddingChoice } from './choose-embeddings.ts';
import { isPassage, mapVector } from './map-vector.ts';
import { namespaceKey } from './namespace-key.ts';
import type { SourceVector, VectorSource } from './sources.ts';

export interface NamespaceVerdict {
  namespace: string;
  /** What the index says it holds. */
  sourceCount: number;
  /** What was met there, by what became of it. */
  outcomes: Record<string, number>;
  countsMatch: boolean;
  /** Vectors fetched from both sides; `different` names those that are not the same. */
  sampled: number;
  different: string[];
  /** Mean share of the source's ten nearest that are among ours; null when vectors were computed anew. */
  overlap: number | null;
  passed: boolean;
}

const sampleSize = 100;
const queries = 20;
const topK = 10;
/** Rounding to half precision swaps near neighbours at the edge of the ten. */
const overlapMin = 0.9;

/** Compares a namespace with what has become of it here: counts, a sample of rows, and nearest neighbours. */
export async function verifyNamespace(
  { db }: Pick<Deps, 'db'>,
  scope: TwinScope,
  task: { source: VectorSource; namespace: string; embeddings: EmbeddingChoice },
): Promise<NamespaceVerdict> {
  const { source, namespace, embeddings } = task;
  const key = namespaceKey(source, namespace);
  const info = await source.info();
  const sourceCount = info.namespaces.find(({ name }) => name === namespace)?.vectorCount ?? 0;
  const outcomes = await countImportedItems(db, scope, key);
  const sample = await listImportedSample(db, scope, key, sampleSize);
  const originals = await source.fetch(
    namespace,
    sample.map(({ itemId }) => itemId),
  );
  const different: string[] = [];
  for (const [index, { itemId, targetId }] of sample.entries()) {
    const original = originals[index] ?? null;
    const ours = await getVector(db, scope, targetId);
    if (!isSame(namespace, original, ours, embeddings)) different.push(itemId);
  }
  const overlap = embeddings.action === 'keep' ? await measureOverlap(db, scope, source, namespace, originals) : null;
  const countsMatch = sum(Object.values(outcomes)) === sourceCount;
  const passed = countsMatch && different.length === 0 && (overlap ?? 1) >= overlapMin;
  return { namespace, sourceCount, outcomes, countsMatch, sampled: sample.length, different, overlap, passed };
}

function isSame(
  namespace: string,
  original: SourceVector | null,
  ours: Awaited<ReturnType<typeof getVector>>,
  embeddings: EmbeddingChoice,
): boolean {
  if (original === null || ours === undefined) return false;
  const expected = mapVector(namespace, original);
  if (!isPassage(expected) || expected.content !== ours.content) return false;
  const kept = Object.fromEntries(Object.keys(expected.metadata).map((name) => [name, ours.metadata[name]]));
  if (Buffer.compare(checksum(kept), checksum(expected.metadata)) !== 0) return false;
  return embeddings.action === 'compute' || isCloseTo(original.vector ?? [], ours.embedding);
}

/** A server keeps half precision: 11 bits of each component, so a thousandth of the largest covers the rounding. */
function isCloseTo(theirs: readonly number[], ours: Float32Array): boolean {
  const largest = theirs.reduce((most, component) => Math.max(most, Math.abs(component)), 0);
  return (
    theirs.length === ours.length &&
    theirs.every((component, index) => Math.abs(component - (ours[index] ?? 0)) <= largest / 1000)
  );
}

async function measureOverlap(
  db: Deps['db'],
  scope: TwinScope,
  source: VectorSource,
  namespace: string,
  originals: readonly (SourceVector | null)[],
): Promise<number> {
  const shares: number[] = [];
  for (const { vector } of originals.flatMap((original) => (original === null ? [] : [original])).slice(0, queries)) {
    if (vector === undefined) continue;
    const theirIds = await source.query(namespace, vector, topK);
    const known = await listImportedItems(db, scope, namespaceKey(source, namespace), theirIds);
    const expected = theirIds.flatMap((id) => known.get(id)?.targetId ?? []);
    if (expected.length === 0) continue;
    // Compared one by one, so that a difference is the import's; the empty filter leaves all that came without a file.
    const filter = { metadata: namespace === '' ? {} : { namespace } };
    const near = await querySimilarVectors(db, scope, {
      embedding: Float32Array.from(vector),
      limit: topK * 5,
      filter,
      exact: true,
    });
    const ours = near.filter(({ metadata }) => namespace !== '' || metadata['namespace'] === undefined).slice(0, topK);
    const ids = new Set(ours.map(({ id }) => id));
    shares.push(expected.filter((id) => ids.has(id)).length / expected.length);
  }
  return shares.length === 0 ? 1 : sum(shares) / shares.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
