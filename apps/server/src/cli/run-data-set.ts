import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Deps } from '@twin/core/deps';
import { inProcessReader } from '@twin/core/documents/in-process-reader';
import { initializeDatabase } from '@twin/db/initialize-database';
import { openScratchDatabase } from '@twin/db/scratch-database';
import { buildLibrary, type Holders } from '@twin/eval/build-library';
import type { DataSet } from '@twin/eval/data-set';
import { formatReport } from '@twin/eval/format-report';
import { readKeptLibrary, writeKeptLibrary } from '@twin/eval/keep-library';
import { readDataSet } from '@twin/eval/read-data-set';
import { runEvaluation } from '@twin/eval/run-evaluation';
import { createLogger } from '../adapters/pino-logger.ts';
import { installationScope } from '../auth/authenticate.ts';
import { databaseConfigOf } from '../database-config.ts';
import { composeDeps, composeEmbedder } from '../deps.ts';
import type { Env } from '../env.ts';
import { noQueue } from './no-queue.ts';
import { type CommandResult, startProgress } from './terminal.ts';

export interface DataSetOptions {
  offTopic?: string;
  library?: string;
  limit?: number;
  leaveGoldOut?: boolean;
}

/**
 * Measures the product on a judged data set, in a database of its own that is gone afterwards, or that is kept in the
 * folder `library` and taken up by the next run.
 */
export async function runDataSet(env: Env, folder: string, options: DataSetOptions): Promise<CommandResult> {
  const dataSet = await readDataSet(folder);
  const offTopic = options.offTopic === undefined ? undefined : await readDataSet(options.offTopic);
  const stopping = new AbortController();
  process.once('SIGINT', () => stopping.abort(new Error('Stopped')));
  const kept = options.library === undefined ? undefined : keptIn(options.library);
  if (kept) await mkdir(kept.folder, { recursive: true });
  const source = `${dataSet.hash} ${composeEmbedder(env).modelName}`;
  const known = kept && (await readKeptLibrary(kept.record, source));
  if (kept && !known) await rm(kept.database, { recursive: true, force: true });
  const database = await (kept
    ? initializeDatabase({ home: 'embedded', dataDir: kept.database }).then((opened) => opened.database)
    : openScratchDatabase(databaseConfigOf(env)));
  try {
    const logger = createLogger({ level: 'warn', forPerson: true });
    const composed = composeDeps(env, database, noQueue, logger);
    const deps: Deps = { ...composed, reader: inProcessReader };
    const holders = known ?? (await fillLibrary(deps, dataSet, stopping.signal));
    if (kept && !known) await writeKeptLibrary(kept.record, source, holders);
    const asked = [dataSet, offTopic, options.leaveGoldOut ? dataSet : undefined];
    const progress = startProgress(
      'Questions',
      asked.reduce((sum, set) => sum + countAsked(set, options), 0),
    );
    const report = await runEvaluation(deps, installationScope, {
      dataSet,
      holders,
      offTopic,
      questionsMax: options.limit,
      leavesGoldOut: options.leaveGoldOut,
      signal: stopping.signal,
      onProgress: () => progress.advance(1),
    });
    progress.end();
    return { text: formatReport(report), data: report };
  } finally {
    await database.close();
  }
}

function keptIn(folder: string) {
  const absolute = resolve(folder);
  return { folder: absolute, record: join(absolute, 'library.json'), database: join(absolute, 'database') };
}

async function fillLibrary(deps: Deps, dataSet: DataSet, signal: AbortSignal): Promise<Holders> {
  const progress = startProgress('Documents', dataSet.documents.length);
  const onProgress = () => progress.advance(1);
  const holders = await buildLibrary(deps, installationScope, dataSet, { signal, onProgress });
  progress.end();
  return holders;
}

function countAsked(dataSet: DataSet | undefined, { limit }: DataSetOptions): number {
  return dataSet?.questions.slice(0, limit).length ?? 0;
}
