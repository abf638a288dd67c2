import { findNearestChunks, type NearChunk } from '@twin/db/queries/search';
import type { SearchRange } from '@twin/db/queries/search-range';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import type { findActiveEmbedder } from '../embedding-models/active-embedder.ts';
import { embedQuestionOnce } from './embed-question-once.ts';

/** A question waits this long for a remote embedding; then the words alone must do. */
const questionEmbeddingMsMax = 8_000;
/** How much the direction of an earlier question counts, the last one first, each further back 0.6 of the one after it. */
const earlierShare = 0.3;
const earlierDecay = 0.6;

export interface MeaningSearch {
  question: string;
  earlierQuestions: readonly string[];
  active: ReturnType<typeof findActiveEmbedder>;
  range: Promise<SearchRange>;
  limit: number;
  signal: AbortSignal | undefined;
}

/**
 * The chunks nearest in meaning to a question, and a little to those before it. None while the model that answers cannot
 * be asked or the embedding fails: words alone must do then.
 *
 * @throws AppError `canceled` when the signal aborts.
 */
export async function searchByMeaning(deps: Deps, scope: TwinScope, search: MeaningSearch): Promise<NearChunk[]> {
  const active = await search.active;
  if (active === undefined) return [];
  const { model, embedder } = active;
  const embedding = await embedAll({ ...deps, embedder }, scope, search);
  if (embedding?.length !== model.dimensions) return [];
  const near = { modelId: model.id, embedding, range: await search.range, limit: search.limit };
  try {
    return await deps.searchSlots.run(() => findNearestChunks(deps.db, scope, near), search.signal);
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
    return mix(vectors);
  } catch (error) {
    if (signal?.aborted) throw new AppError('canceled', 'The search was stopped.', { cause: error });
    deps.logger.warn({ err: error }, 'The question could not be embedded; searching by words alone');
    return undefined;
  }
}

/** The sum of directions: of the question, and of earlier ones by their share. */
function mix([own, ...earlier]: readonly (Float32Array | undefined)[]): Float32Array | undefined {
  if (own === undefined || earlier.length === 0) return own;
  const length = Math.hypot(...own) || 1;
  const mixed = own.map((value) => value / length);
  for (const [age, vector] of earlier.entries()) {
    if (vector?.length !== own.length) continue;
    const share = (earlierShare * earlierDecay ** age) / (Math.hypot(...vector) || 1);
    for (const [index, value] of vector.entries()) mixed[index] = (mixed[index] ?? 0) + share * value;
  }
  return mixed;
}
