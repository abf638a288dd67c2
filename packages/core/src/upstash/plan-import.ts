import type { Db } from '@twin/db/db';
import { listImportSources } from '@twin/db/queries/imported-items';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { chooseEmbeddings, type EmbeddingChoice } from './choose-embeddings.ts';
import { type KeyPrefixes, keyMappingRules, type MappedKey, mapKey } from './map-key.ts';
import { type MappedVector, vectorMappingRules } from './map-vector.ts';
import { namespaceKey } from './namespace-key.ts';
import { placeVectors } from './place-vectors.ts';
import type { KeySource, SourceVector, VectorSource, VectorSourceInfo } from './sources.ts';

export interface NamespacePlan {
  name: string;
  vectorCount: number;
  /** Of the vectors looked at: how many become what. */
  sample: Record<string, number>;
  /** Some of them, as they will be. */
  examples: { id: string; mapped: MappedVector }[];
}

export interface VectorPlan {
  source: string;
  info: VectorSourceInfo;
  rules: readonly string[];
  embeddings: EmbeddingChoice;
  namespaces: NamespacePlan[];
  /** Imported earlier and gone at the source: what came from them goes here as well. */
  vanished: { name: string; itemCount: number }[];
  warnings: string[];
}

export interface KeyPlan {
  source: string;
  keyCount: number;
  rules: readonly string[];
  sample: Record<string, number>;
  examples: { key: string; mapped: MappedKey }[];
}

const sampledVectors = 50;
const sampledKeys = 1000;
const shownExamples = 3;

/**
 * Looks at the first vectors of every namespace and says what an import would do. Writes nothing anywhere.
 *
 * @param deps with `db` undefined where it has no schema yet and so holds nothing.
 */
export async function planVectorImport(
  deps: Pick<Deps, 'embedder'> & { db: Db | undefined },
  scope: TwinScope,
  source: VectorSource,
): Promise<VectorPlan> {
  const info = await source.info();
  const pages: { name: string; vectorCount: number; vectors: SourceVector[] }[] = [];
  for (const { name, vectorCount } of info.namespaces) {
    const { vectors } = await source.range(name, '0', sampledVectors);
    pages.push({ name, vectorCount, vectors });
  }
  const embeddings = await chooseEmbeddings(
    deps,
    pages.flatMap(({ vectors }) => vectors),
  );
  const namespaces: NamespacePlan[] = [];
  for (const { name, vectorCount, vectors } of pages) {
    const placed = await placeVectors(deps.db, scope, { source, namespace: name, embeddings }, vectors);
    const mapped = placed.map((item) => ({ id: item.vector.id, mapped: item.mapped }));
    const sample = countBy(mapped.map((item) => item.mapped.outcome));
    namespaces.push({ name, vectorCount, sample, examples: pickExamples(mapped) });
  }
  const warnings =
    info.similarityFunction === 'COSINE'
      ? []
      : [`The index compares by ${info.similarityFunction}; here vectors are compared by cosine, so ranks can differ.`];
  const vanished = deps.db === undefined ? [] : await listVanishedNamespaces(deps.db, scope, source, info);
  return { source: source.name, info, rules: vectorMappingRules, embeddings, namespaces, vanished, warnings };
}

/** The first ones, and behind them the first that become something else. */
function pickExamples(mapped: NamespacePlan['examples']): NamespacePlan['examples'] {
  const first = mapped.slice(0, shownExamples);
  const seen = new Set(first.map((item) => item.mapped.outcome));
  const others = [...Map.groupBy(mapped, (item) => item.mapped.outcome)].filter(([outcome]) => !seen.has(outcome));
  return [...first, ...others.flatMap(([, group]) => group.slice(0, 1))];
}

/** Namespaces that an earlier pass has read and the source no longer has, with what came from them. */
async function listVanishedNamespaces(
  db: Db,
  scope: TwinScope,
  source: VectorSource,
  { namespaces }: VectorSourceInfo,
): Promise<VectorPlan['vanished']> {
  const prefix = namespaceKey(source, '');
  const present = new Set(namespaces.map(({ name }) => name));
  const sources = await listImportSources(db, scope, prefix);
  return sources
    .map(({ source: key, itemCount }) => ({ name: key.slice(prefix.length), itemCount }))
    .filter(({ name }) => !present.has(name));
}

/** Looks at the first keys and says what an import would do. Writes nothing anywhere. */
export async function planKeyImport(
  { clock }: Pick<Deps, 'clock'>,
  source: KeySource,
  prefixes: KeyPrefixes,
): Promise<KeyPlan> {
  const page = await source.scan('0', sampledKeys);
  const keys = await source.read([...new Set(page.keys)]);
  const mapped = keys.map((key) => ({ key: key.key, mapped: mapKey(key, prefixes, clock.now()) }));
  const examples = [...Map.groupBy(mapped, ({ mapped: { outcome } }) => outcome).values()];
  return {
    source: source.name,
    keyCount: await source.countKeys(),
    rules: keyMappingRules(prefixes),
    sample: countBy(mapped.map((item) => item.mapped.outcome)),
    examples: examples.flatMap((ofOutcome) => ofOutcome.slice(0, shownExamples)),
  };
}

function countBy(names: readonly string[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, group]) => [name, group.length]));
}
