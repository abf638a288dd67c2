import type { Deps } from '../deps.ts';
import { chooseEmbeddings, type EmbeddingChoice } from './choose-embeddings.ts';
import { type KeyPrefixes, keyMappingRules, type MappedKey, mapKey } from './map-key.ts';
import { type MappedVector, mapVector, vectorMappingRules } from './map-vector.ts';
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

/** Looks at the first vectors of every namespace and says what an import would do. Writes nothing anywhere. */
export async function planVectorImport(deps: Pick<Deps, 'db' | 'embedder'>, source: VectorSource): Promise<VectorPlan> {
  const info = await source.info();
  const vectors: SourceVector[] = [];
  const namespaces: NamespacePlan[] = [];
  for (const { name, vectorCount } of info.namespaces) {
    const page = await source.range(name, '0', sampledVectors);
    vectors.push(...page.vectors);
    const mapped = page.vectors.map((vector) => ({ id: vector.id, mapped: mapVector(name, vector) }));
    const sample = countBy(mapped.map((item) => item.mapped.outcome));
    namespaces.push({ name, vectorCount, sample, examples: mapped.slice(0, shownExamples) });
  }
  const warnings =
    info.similarityFunction === 'COSINE'
      ? []
      : [`The index compares by ${info.similarityFunction}; here vectors are compared by cosine, so ranks can differ.`];
  const embeddings = await chooseEmbeddings(deps, vectors);
  return { source: source.name, info, rules: vectorMappingRules, embeddings, namespaces, warnings };
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
