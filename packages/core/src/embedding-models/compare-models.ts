import { findNearestChunks } from '@twin/db/queries/search';
import { findSearchRange } from '@twin/db/queries/search-range';
import { sampleChunks } from '@twin/db/queries/shadow-embeddings';
import type { TwinScope } from '@twin/db/scope';
import { splitSentences } from '../chat/split-sentences.ts';
import type { Deps } from '../deps.ts';
import type { Embedder } from '../ports.ts';

export interface ModelRecall {
  /** Questions asked. */
  count: number;
  /** Share of questions whose passage is among the first three. */
  recall: number;
}

const sampleSize = 100;
const foundWithin = 3;

/**
 * How well a model finds passages of this library by one of their own sentences: no judged questions are needed, and a
 * model that was misconfigured (wrong pooling, wrong prefix, another model under its name) shows at once. It says little
 * about two good models.
 */
export async function measureSelfRecall(
  { db }: Pick<Deps, 'db'>,
  scope: TwinScope,
  { modelId, embedder }: { modelId: number; embedder: Embedder },
  signal: AbortSignal,
): Promise<ModelRecall> {
  const [chunks, range] = await Promise.all([
    sampleChunks(db, scope, sampleSize),
    findSearchRange(db, scope, undefined),
  ]);
  let found = 0;
  for (const { id, content } of chunks) {
    const [embedding] = await embedder.embed([middleSentence(content)], 'question', signal);
    if (embedding === undefined) continue;
    const nearest = await findNearestChunks(db, scope, { modelId, embedding, range, limit: foundWithin });
    if (nearest.some(({ chunkId }) => chunkId === id)) found += 1;
  }
  return { count: chunks.length, recall: chunks.length === 0 ? 1 : found / chunks.length };
}

function middleSentence(content: string): string {
  const sentences = splitSentences(content);
  const middle = sentences[Math.floor(sentences.length / 2)];
  return middle === undefined ? content : content.slice(middle.start, middle.end);
}
