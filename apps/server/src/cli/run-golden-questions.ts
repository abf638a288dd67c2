import { countOf } from '@twin/core/count-of';
import { performRun } from '@twin/core/evaluation/perform-run';
import { type EvaluationRunView, getRun, startRun } from '@twin/core/evaluation/runs';
import { type RunMeasures, runMeasureNames } from '@twin/core/evaluation/summarize-run';
import { openDatabase } from '@twin/db/client';
import { createLogger } from '../adapters/pino-logger.ts';
import { installationScope } from '../auth/authenticate.ts';
import { ConfigurationError } from '../configuration-error.ts';
import { databaseConfigOf } from '../database-config.ts';
import { composeDeps } from '../deps.ts';
import type { Env } from '../env.ts';
import { noQueue } from './no-queue.ts';
import type { CommandResult } from './terminal.ts';

export interface GoldenOptions {
  /** Such as `ndcg=0.8`: the command fails when the run comes out below. */
  failBelow?: string[];
}

/**
 * Asks the twin's golden questions and stores the run, as the Admin page does.
 * @throws ConfigurationError when a measure is below its floor, or a floor names no measure.
 */
export async function runGoldenQuestions(env: Env, options: GoldenOptions): Promise<CommandResult> {
  const floors = (options.failBelow ?? []).map(parseFloor);
  const database = await openDatabase(databaseConfigOf(env), { leaveAsItIs: true });
  try {
    const logger = createLogger({ level: 'warn', forPerson: true });
    const deps = composeDeps(env, database, noQueue, logger);
    const { id } = await startRun(deps, installationScope);
    await performRun(deps, installationScope, id, new AbortController().signal);
    const done = await getRun(deps, installationScope, id);
    assertFloors(floors, done.run.measures);
    return { text: describeRun(done.run), data: done };
  } finally {
    await database.close();
  }
}

interface Floor {
  measure: keyof RunMeasures;
  value: number;
}

function parseFloor(text: string): Floor {
  const [name = '', value = ''] = text.split('=');
  const measure = runMeasureNames.find((known) => known === name);
  if (measure !== undefined && /^(?:0|1|0?\.\d+|1\.0+)$/.test(value)) return { measure, value: Number(value) };
  const reason = `“${text}” is not a measure and a share, such as ndcg=0.8`;
  throw new ConfigurationError([
    { name: '--fail-below', reason, nextStep: `Use one of ${runMeasureNames.join(', ')}.` },
  ]);
}

function assertFloors(floors: readonly Floor[], measures: RunMeasures | null): void {
  const missed = floors.filter(({ measure, value }) => (measures?.[measure] ?? 0) < value);
  if (missed.length === 0) return;
  throw new ConfigurationError(
    missed.map(({ measure, value }) => ({
      name: measure,
      reason: `came out at ${(measures?.[measure] ?? 0).toFixed(3)}, below ${value}`,
      nextStep: 'Compare the run with an earlier one: npm run cli -- eval diff, or Admin, Evaluation.',
    })),
  );
}

function describeRun({ id, measures, questionCount }: EvaluationRunView): string {
  if (measures === null) return 'The run was canceled.';
  const lines = runMeasureNames.map((name) => `${name.padEnd(16)} ${measures[name]?.toFixed(3) ?? '–'}`);
  const latency = `latency          p50 ${measures.latencyMsP50} ms, p95 ${measures.latencyMsP95} ms`;
  return [`Run ${id}: ${countOf(questionCount, 'question')}`, ...lines, latency].join('\n');
}
