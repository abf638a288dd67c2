import { countOf } from '@twin/core/count-of';
import { isPassage } from '@twin/core/upstash/map-vector';
import type { KeyPlan, VectorPlan } from '@twin/core/upstash/plan-import';

/** What an import would do, for a person to read before anything is written. */
export function describeImportPlan(vectors: VectorPlan | undefined, keys: KeyPlan | undefined): string {
  return [...(vectors === undefined ? [] : describeVectors(vectors)), ...(keys === undefined ? [] : describeKeys(keys))]
    .join('\n')
    .trimEnd();
}

function describeVectors({ source, info, rules, embeddings, namespaces, vanished, warnings }: VectorPlan): string[] {
  const kept = embeddings.action === 'keep' ? 'taken over as they are' : 'computed anew from the texts';
  return [
    `Upstash Vector at ${source}`,
    `  ${info.dimension} dimensions, ${info.similarityFunction}. Vectors are ${kept}: ${embeddings.reason}.`,
    ...warnings.map((warning) => `  Note: ${warning}`),
    '  Rules:',
    ...rules.map((rule) => `  - ${rule}`),
    '  Namespaces, with the first vectors of each looked at:',
    ...namespaces.flatMap(({ name, vectorCount, sample, examples }) => [
      `  ${name === '' ? '(default)' : name}: ${countOf(vectorCount, 'vector')}; ${describeCounts(sample)}`,
      ...examples.map(({ id, mapped }) =>
        isPassage(mapped)
          ? `    ${id} → ${mapped.id}, document “${mapped.title}”, fields ${Object.keys(mapped.metadata).join(', ') || 'none'}`
          : `    ${id} → ${mapped.outcome}`,
      ),
    ]),
    ...vanished.map(
      ({ name, itemCount }) =>
        `  ${name}: gone there; the ${countOf(itemCount, 'vector that came from it is', 'vectors that came from it are')} deleted here`,
    ),
    '',
  ];
}

function describeKeys({ source, keyCount, rules, sample, examples }: KeyPlan): string[] {
  return [
    `Upstash Redis at ${source}`,
    `  ${countOf(keyCount, 'key')}. Of the first ones: ${describeCounts(sample)}`,
    '  Rules:',
    ...rules.map((rule) => `  - ${rule}`),
    '  Examples:',
    ...examples.map(({ key, mapped }) => {
      const target = 'key' in mapped ? ` ${mapped.key}` : 'id' in mapped ? ` ${mapped.id}` : '';
      return `    ${key} → ${mapped.outcome}${target}`;
    }),
    '',
  ];
}

/** `3 cache, 1 rate limit`. */
export function describeCounts(counts: Record<string, number>): string {
  const parts = Object.entries(counts).map(([name, count]) => `${count} ${name}`);
  return parts.length === 0 ? 'nothing' : parts.join(', ');
}
