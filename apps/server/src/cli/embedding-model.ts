import process from 'node:process';
import { countOf } from '@twin/core/count-of';
import type { Deps } from '@twin/core/deps';
import { listModels, type ModelStanding } from '@twin/core/embedding-models/list-models';
import { rollBackEmbeddingModel } from '@twin/core/embedding-models/roll-back-embedding-model';
import { switchEmbeddingModel } from '@twin/core/embedding-models/switch-embedding-model';
import { type DatabaseHandle, openDatabase } from '@twin/db/client';
import { initializeDatabase } from '@twin/db/initialize-database';
import { createLogger } from '../adapters/pino-logger.ts';
import { installationScope } from '../auth/authenticate.ts';
import { databaseConfigOf } from '../database-config.ts';
import { composeDeps } from '../deps.ts';
import type { Env } from '../env.ts';
import { noQueue } from './no-queue.ts';
import { type CommandResult, startProgress } from './terminal.ts';

/** Makes the configured model the one that answers. A server on the same database answers meanwhile, and follows at once. */
export async function switchModel(env: Env): Promise<CommandResult> {
  const { database } = await initializeDatabase(databaseConfigOf(env));
  return await withDeps(env, database, async (deps, signal) => {
    const { modelName } = deps.embedder;
    const progress = startProgress('Passages', 0);
    const onProgress = (count: number) => progress.advance(count);
    let uncompared: string | null = null;
    const onUncompared = (reason: string) => void (uncompared = reason);
    const options = { signal, onProgress, onUncompared };
    const switched = await switchEmbeddingModel(deps, installationScope, deps.embedder, options);
    progress.end();
    const told = uncompared === null ? '' : ` Not compared with the model before: ${uncompared as string}`;
    const text = switched
      ? `“${modelName}” answers now. “model rollback” goes back.${told}`
      : `“${modelName}” answers already.`;
    return { text, data: { model: modelName, switched, uncompared } };
  });
}

export async function rollBackModel(env: Env): Promise<CommandResult> {
  const database = await openDatabase(databaseConfigOf(env), { leaveAsItIs: true });
  return await withDeps(env, database, async (deps, signal) => {
    const progress = startProgress('Passages', 0);
    const onProgress = (count: number) => progress.advance(count);
    const model = await rollBackEmbeddingModel(deps, installationScope, { signal, onProgress });
    progress.end();
    return { text: `“${model}” answers again.`, data: { model } };
  });
}

/** Looks, and changes nothing. */
export async function describeModels(env: Env): Promise<CommandResult> {
  const database = await openDatabase(databaseConfigOf(env), { leaveAsItIs: true });
  return await withDeps(env, database, async (deps) => {
    const models = await listModels(deps, installationScope);
    const configured = deps.embedder.modelName;
    return { text: [...models.map(lineOf), `Configured: ${configured}`].join('\n'), data: { models, configured } };
  });
}

const words: Record<ModelStanding['state'], string> = {
  active: 'answers',
  building: 'does not answer',
  retired: 'answered before',
};

export function lineOf(model: ModelStanding): string {
  const { name, dimensions, chunks, shadowed } = model;
  return `${name} (${dimensions} dimensions) ${standingOf(model)}: ${shadowed} of ${countOf(chunks, 'passage')}`;
}

/** Another process may be filling one from the command line, of which nothing is recorded but when it last stored a batch. */
function standingOf({ state, isChangedTo, filledAt }: ModelStanding): string {
  if (state === 'active') return words.active;
  if (isChangedTo) return `${words[state]}, is being filled`;
  return state === 'building' ? `${words.building}, was last filled at ${filledAt}` : words[state];
}

async function withDeps(
  env: Env,
  database: DatabaseHandle,
  work: (deps: Deps, signal: AbortSignal) => Promise<CommandResult>,
): Promise<CommandResult> {
  const stopping = new AbortController();
  process.once('SIGINT', () =>
    stopping.abort(new Error('Stopped. What is embedded is kept: run this again to go on.')),
  );
  try {
    const deps = composeDeps(env, database, noQueue, createLogger({ level: 'warn', forPerson: true }));
    return await work(deps, stopping.signal);
  } finally {
    await database.close();
  }
}
