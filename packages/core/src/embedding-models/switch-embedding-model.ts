import type { Tx } from '@twin/db/db';
import {
  activateEmbeddingModel,
  deleteUnfinishedEmbeddingModel,
  type EmbeddingModel,
  findActiveEmbeddingModel,
  registerEmbeddingModel,
} from '@twin/db/queries/embedding-models';
import { countShadowed } from '@twin/db/queries/shadow-embeddings';
import { incrementCorpusVersion } from '@twin/db/queries/twins';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import type { Embedder } from '../ports.ts';
import { embedderOf, isModelOf } from './active-embedder.ts';
import { type AskableModel, type ModelRecall, measureGoldenRecall, measureSelfRecall } from './compare-models.ts';
import { fillShadow } from './fill-shadow.ts';
import { measureWidth } from './measure-width.ts';

export interface ModelSwitchOptions {
  signal: AbortSignal;
  /** Leaves the comparison out: for a model that has answered before. */
  isTrusted?: boolean;
  /** Called after each batch with how many passages it embedded. */
  onProgress?: (embedded: number) => void | Promise<void>;
  /** Called where the old model could not be asked, so that nothing was compared, with why not. */
  onUncompared?: (reason: string) => void | Promise<void>;
  /** Asked in the transaction that switches: false leaves the old model answering. */
  maySwitch?: (tx: Tx) => Promise<boolean>;
}

/** A new model may miss one question in twenty more, and one in any case; more is a misconfiguration, not a difference. */
const missedMoreMax = 0.05;

/**
 * Makes an embedder's model the one that answers searches. Its table is filled beside the other one, which answers
 * meanwhile; then both are compared, if the old model can be asked, and one transaction switches every process at once, if
 * every passage that can be found has its vector. Killed at any point, it leaves the old model answering, and the next call goes on. The old vectors stay,
 * so that the same call with the old embedder goes back.
 *
 * @returns false when that model answers already.
 * @throws AppError `conflict` with the reason `worse-model`, whose vectors are forgotten unless it has answered before, `canceled` where it may not switch, that of a new model that is
 * away, or the signal's reason.
 */
export async function switchEmbeddingModel(
  deps: Deps,
  scope: TwinScope,
  embedder: Embedder,
  options: ModelSwitchOptions,
): Promise<boolean> {
  const { signal, isTrusted = false, onProgress } = options;
  const active = await findActiveEmbeddingModel(deps.db);
  if (active !== undefined && isModelOf(active, embedder)) {
    // A call that was killed right after the switch left passages to the next one.
    await fillShadow(deps, scope, { modelId: active.id, embedder }, { signal });
    return false;
  }
  const target = { modelId: (await registerTarget(deps, embedder, signal)).id, embedder };
  for (let compared = isTrusted; ; ) {
    // Documents that came in meanwhile have vectors of the old model only: again, until none is left.
    await fillShadow(deps, scope, target, { signal, onProgress });
    if (!compared && active !== undefined) await assertNotWorse(deps, scope, active, target, options);
    compared = true;
    if (await activateIfWhole(deps, scope, target.modelId, options)) break;
  }
  // Passages that a version brought into the old table while the switch was made.
  await fillShadow(deps, scope, target, { signal });
  return true;
}

async function registerTarget(deps: Deps, embedder: Embedder, signal: AbortSignal): Promise<EmbeddingModel> {
  const dimensions = await measureWidth(embedder, signal);
  const model = { provider: embedder.provider, name: embedder.modelName, dimensions };
  return await deps.db.transaction().execute((tx) => registerEmbeddingModel(tx, deps.databaseHome, model));
}

/** A model that cannot be asked any more answers nothing: any other is better. */
async function assertNotWorse(
  deps: Deps,
  scope: TwinScope,
  active: EmbeddingModel,
  target: AskableModel,
  { signal, onUncompared }: ModelSwitchOptions,
): Promise<void> {
  const embedder = embedderOf(deps, active);
  if (embedder === undefined) {
    await onUncompared?.(`“${active.name}” cannot be asked any more.`);
    return;
  }
  const before = { modelId: active.id, embedder };
  for (const { measure, what } of [
    { measure: measureSelfRecall, what: 'passages by one of their own sentences' },
    { measure: measureGoldenRecall, what: 'golden questions’ documents' },
  ]) {
    const old = await unlessModelFails(measure(deps, scope, before, signal), signal);
    if (old instanceof AppError) {
      deps.logger.warn({ err: old }, 'The old embedding model cannot be asked; changing without a comparison');
      await onUncompared?.(old.message);
      return;
    }
    const fresh = await measure(deps, scope, target, signal);
    if (isWorse(fresh, old)) {
      // Whoever mends the endpoint has everything embedded anew: vectors that are there would not be asked for again.
      await deps.db.transaction().execute((tx) => deleteUnfinishedEmbeddingModel(tx, target.modelId));
      throw worseModel(target.embedder.modelName, active.name, { fresh, old, what });
    }
  }
}

/** Beside a refused key or model, failures that asking again does not heal; after any other, the comparison is made by the next try. */
const gone: ReadonlySet<string | undefined> = new Set(['quota', 'unreachable', 'transformer']);

/** A provider that is being left may have closed its door already. */
async function unlessModelFails(measured: Promise<ModelRecall>, signal: AbortSignal): Promise<ModelRecall | AppError> {
  try {
    return await measured;
  } catch (error) {
    if (!signal.aborted && error instanceof AppError && (error.code === 'model-refused' || gone.has(error.reason)))
      return error;
    throw error;
  }
}

function isWorse(fresh: ModelRecall, old: ModelRecall): boolean {
  return old.found - fresh.found > Math.max(1, missedMoreMax * fresh.count);
}

function worseModel(
  name: string,
  activeName: string,
  { fresh, old, what }: { fresh: ModelRecall; old: ModelRecall; what: string },
): AppError {
  const message = `“${name}” finds ${fresh.found} of ${fresh.count} ${what}, “${activeName}” ${old.found}, so “${activeName}” goes on answering. Check which model the endpoint serves under that name.`;
  return new AppError('conflict', message, { reason: 'worse-model' });
}

/** The twin's row is locked first: no version is published between the count and the switch. */
async function activateIfWhole(
  { db }: Deps,
  scope: TwinScope,
  modelId: number,
  { maySwitch }: ModelSwitchOptions,
): Promise<boolean> {
  return await db.transaction().execute(async (tx) => {
    if (maySwitch !== undefined && !(await maySwitch(tx))) throw new AppError('canceled', 'The change was canceled.');
    await incrementCorpusVersion(tx, scope);
    const { chunks, shadowed } = await countShadowed(tx, scope, modelId);
    if (shadowed < chunks) return false;
    await activateEmbeddingModel(tx, modelId);
    return true;
  });
}
