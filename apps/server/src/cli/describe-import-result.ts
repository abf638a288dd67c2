import type { KeysResult } from '@twin/core/upstash/import-keys';
import type { PassResult } from '@twin/core/upstash/import-namespace';
import type { KeysVerdict } from '@twin/core/upstash/verify-keys';
import type { NamespaceVerdict } from '@twin/core/upstash/verify-vectors';
import { describeCounts } from './describe-import-plan.ts';

export interface ImportReport {
  namespaces: { namespace: string; pass: PassResult; verdict: NamespaceVerdict }[];
  keys: { pass: KeysResult; verdict: KeysVerdict } | null;
}

/** What to do once a pass has been verified, in order. */
const cutOver = [
  'Stop what writes to Upstash: the old app, its jobs, its webhooks.',
  'Run this command once more. It reads everything again and writes only what has changed since.',
  'See that every line above says the same, then point people at this app.',
  'Take the UPSTASH_* variables out of .env. Keep the Upstash databases until you have made a backup here and missed nothing.',
];

export function describeImportResult({ namespaces, keys }: ImportReport): string {
  const passed = namespaces.every(({ verdict }) => verdict.passed) && (keys?.verdict.passed ?? true);
  return [
    ...namespaces.flatMap(({ namespace, pass, verdict }) => [
      `Namespace ${namespace === '' ? '(default)' : namespace}, pass ${pass.pass}: ` +
        `${pass.read} read, ${pass.written} written, ${pass.deleted} deleted here because they are gone there`,
      ...describeVerdict(verdict),
    ]),
    ...(keys === null
      ? []
      : [
          `Keys, pass ${keys.pass.pass}: ${keys.pass.read} read, ${keys.pass.written} written`,
          ...describeKeys(keys.verdict),
        ]),
    '',
    passed
      ? 'Everything that was compared is the same. To cut over:'
      : 'Something differs. Where the source is still written to, that is expected: cut over, then compare again.',
    ...cutOver.map((step, index) => `  ${index + 1}. ${step}`),
  ].join('\n');
}

function describeVerdict({
  sourceCount,
  outcomes,
  countsMatch,
  sampled,
  different,
  overlap,
}: NamespaceVerdict): string[] {
  return [
    `  ${mark(countsMatch)} counts: ${sourceCount} there; ${describeCounts(outcomes)} here`,
    `  ${mark(different.length === 0)} content: ${sampled} compared, ${describeDifferent(different)}`,
    overlap === null
      ? '  – nearest neighbours: not compared, the vectors were computed anew'
      : `  ${mark(overlap >= 0.9)} nearest neighbours: ${(100 * overlap).toFixed(1)} % of the ten nearest are the same`,
  ];
}

function describeKeys({ sourceCount, outcomes, sampled, different, surplus }: KeysVerdict): string[] {
  return [
    `  – counts: ${sourceCount} there now; ${describeCounts(outcomes)} met so far`,
    `  ${mark(different.length === 0)} values: ${sampled} compared, ${describeDifferent(different)}`,
    ...(surplus === 0
      ? []
      : [`  ✗ room: the cache had none for ${surplus} values; those that expire first were left out`]),
  ];
}

function describeDifferent(ids: readonly string[]): string {
  if (ids.length === 0) return 'all the same';
  return `${ids.length} different: ${ids.slice(0, 5).join(', ')}${ids.length > 5 ? ', …' : ''}`;
}

function mark(isGood: boolean): string {
  return isGood ? '✓' : '✗';
}
