import { findNearestChunks, type NearChunk } from '@twin/db/queries/search';
import type { SearchRange } from '@twin/db/queries/search-range';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import type { ActiveEmbedder } from '../embedding-models/active-embedder.ts';
import { embedQuestionOnce } from './embed-question-once.ts';
import { mixDirections } from './mix-directions.ts';

/** A question waits this long for a remote embedding; then the words alone must do. */
const questionEmbeddingMsMax = 8_000;

export interface MeaningSearch {
  question: string;
  earlierQuestions: readonly string[];
  active: Promise<ActiveEmbedder | undefined>;
  range: Promise<SearchRange>;
  limit: number;
  signal: AbortSignal | undefined;
}

export interface MeaningHits {
  /** Nearest first. */
  near: NearChunk[];
  /** The model that answers could not be asked. */
  failed: boolean;
}

/**
 * The chunks nearest in meaning to a question, and a little to those before it. None while the model that answers cannot
 * be asked or the embedding fails: words alone must do then.
 *
 * @throws AppError `canceled` when the signal aborts.
 */
export async function searchByMeaning(deps: Deps, scope: TwinScope, search: MeaningSearch): Promise<MeaningHits> {
  const active = await search.active;
  if (active === undefined) return { near: [], failed: false };
  const { model, embedder } = active;
  const embedding = await embedAll({ ...deps, embedder }, scope, search);
  if (embedding?.length !== model.dimensions) return { near: [], failed: true };
  const asked = { modelId: model.id, embedding, range: await search.range, limit: search.limit };
  try {
    const near = await deps.searchSlots.run(() => findNearestChunks(deps.db, scope, asked), search.signal);
    return { near, failed: false };
  } catch (error) {
    throw search.signal?.aborted ? new AppError('canceled', 'The search was stopped.', { cause: error }) : error;
  }
}

async function embedAll(
  deps: Deps,
  scope: TwinScope,
  { question, earlierQuestions, signal }: MeaningSearch,
): Promise<Float32Array | undefined> {
  const deadline = AbortSignal.timeout(questionEmbeddingMsMax);
  const both = signal ? AbortSignal.any([signal, deadline]) : deadline;
  try {
    const questions = [question, ...earlierQuestions];
    const vectors = await Promise.all(questions.map((text) => embedQuestionOnce(deps, scope, text, both)));
    return mixDirections(vectors);
  } catch (error) {
    if (signal?.aborted) throw new AppError('canceled', 'The search was stopped.', { cause: error });
    deps.logger.warn({ err: error }, 'The question could not be embedded; searching by words alone');
    return undefined;
  }
}
