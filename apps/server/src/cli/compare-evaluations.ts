import { AppError } from '@twin/core/app-error';
import type { QuestionChange } from '@twin/core/evaluation/compare-questions';
import { compareRuns, type RunComparison } from '@twin/core/evaluation/compare-runs';
import { listRuns } from '@twin/core/evaluation/runs';
import { questionMeasures, runMeasureNames } from '@twin/core/evaluation/summarize-run';
import { openDatabase } from '@twin/db/client';
import { installationScope } from '../auth/authenticate.ts';
import { databaseConfigOf } from '../database-config.ts';
import type { Env } from '../env.ts';
import type { CommandResult } from './terminal.ts';

/**
 * Holds two runs of the golden questions against one another, as the Admin page does: the last two that are done, unless others
 * are named.
 * @throws AppError `not-found`, or `conflict` when there are no two.
 */
export async function compareEvaluations(env: Env, ids: readonly (string | undefined)[]): Promise<CommandResult> {
  const database = await openDatabase(databaseConfigOf(env), { leaveAsItIs: true });
  try {
    const done = (await listRuns(database, installationScope)).filter(({ state }) => state === 'done');
    const afterId = ids[1] ?? done[0]?.id;
    const beforeId = ids[0] ?? done[1]?.id;
    if (beforeId === undefined || afterId === undefined) {
      throw new AppError('conflict', 'There are no two evaluations that are done. Run “eval golden” first.');
    }
    const comparison = await compareRuns(database, installationScope, { beforeId, afterId });
    return { text: describeComparison(comparison), data: comparison };
  } finally {
    await database.close();
  }
}

function describeComparison(comparison: RunComparison): string {
  const { before, after, changedSettings, differences, changes, unchangedCount } = comparison;
  const runs = [before, after].map(({ id, createdAt, hash }) => `${id}  ${createdAt}  ${hash}`);
  const measures = runMeasureNames.flatMap((name) => {
    const difference = differences[name];
    if (difference === null) return [];
    const { mean, low, high, count } = difference;
    return `${name.padEnd(16)} ${signed(mean)}  95 % between ${signed(low)} and ${signed(high)}, ${count} asked`;
  });
  const told = changes.map(
    (change) => `${change.verdict.padEnd(12)} ${change.question.question}${whatChanged(change)}`,
  );
  const between = `changed between them: ${changedSettings.join(', ') || 'nothing that is known'}`;
  const alike = `${unchangedCount} came out alike`;
  return [`before ${runs[0]}`, `after  ${runs[1]}`, between, ...measures, ...told, alike].join('\n');
}

function whatChanged({ before, after }: QuestionChange): string {
  if (before === null || after === null) return '';
  const [then, now] = [before.result, after.result];
  const values = [
    ['refused', then.refused, now.refused],
    ['place', before.place, after.place],
    ...questionMeasures.map((measure) => [measure, then[measure], now[measure]] as const),
  ] as const;
  return values
    .filter(([, one, other]) => one !== other)
    .map(([name, one, other]) => `\n${' '.repeat(13)}${name} ${shown(one)} → ${shown(other)}`)
    .join('');
}

function shown(value: boolean | number | null): string {
  if (value === null) return '–';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return Number.isInteger(value) ? `${value}` : value.toFixed(3);
}

function signed(value: number): string {
  return value < 0 ? value.toFixed(3) : `+${value.toFixed(3)}`;
}
