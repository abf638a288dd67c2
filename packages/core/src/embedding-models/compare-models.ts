import { findNearestChunks, listPassages } from '@twin/db/queries/search';
import { findSearchRange, type SearchRange } from '@twin/db/queries/search-range';
import { sampleChunks } from '@twin/db/queries/shadow-embeddings';
import type { TwinScope } from '@twin/db/scope';
import { splitSentences } from '../chat/split-sentences.ts';
import type { Deps } from '../deps.ts';
import { listGolden } from '../evaluation/golden-questions.ts';
import type { Embedder } from '../ports.ts';

/** A model, and what asks it. */
export interface AskableModel {
  modelId: number;
  embedder: Embedder;
}

export interface ModelRecall {
  /** Questions asked. */
  count: number;
  /** Of these, what the model found the passage or document of. */
  found: number;
}

const sampleSize = 100;
const passagesRead = 3;
const documentsWithin = 10;

/**
 * How well a model finds passages of this library by one of their own sentences: no judged questions are needed, and a
 * model that was misconfigured (wrong pooling, wrong prefix, another model under its name) shows at once. It says little
 * about two good models.
 */
export async function measureSelfRecall(
  { db, searchSlots }: Pick<Deps, 'db' | 'searchSlots'>,
  scope: TwinScope,
  model: AskableModel,
  signal: AbortSignal,
): Promise<ModelRecall> {
  const [chunks, range] = await Promise.all([
    sampleChunks(db, scope, sampleSize),
    findSearchRange(db, scope, undefined),
  ]);
  let found = 0;
  for (const { id, content } of chunks) {
    const search = { question: middleSentence(content), range, limit: passagesRead };
    if ((await findNearest({ db, searchSlots }, scope, model, search, signal)).includes(id)) found += 1;
  }
  return { count: chunks.length, found };
}

/** How many of the owner's golden questions a model finds an expected document of, among its ten nearest passages. */
export async function measureGoldenRecall(
  deps: Deps,
  scope: TwinScope,
  model: AskableModel,
  signal: AbortSignal,
): Promise<ModelRecall> {
  const questions = (await listGolden(deps, scope)).filter(
    // A question that follows another cannot be searched for as it stands.
    ({ answerable, expected, history }) => answerable && expected.length > 0 && history.length === 0,
  );
  const range = await findSearchRange(deps.db, scope, undefined);
  let found = 0;
  for (const { question, expected } of questions) {
    const nearest = await findNearest(deps, scope, model, { question, range, limit: documentsWithin }, signal);
    const passages = await listPassages(deps.db, scope, nearest);
    if (passages.some((passage) => expected.some(({ documentId }) => documentId === passage.documentId))) found += 1;
  }
  return { count: questions.length, found };
}

async function findNearest(
  { db, searchSlots }: Pick<Deps, 'db' | 'searchSlots'>,
  scope: TwinScope,
  { modelId, embedder }: AskableModel,
  { question, range, limit }: { question: string; range: SearchRange; limit: number },
  signal: AbortSignal,
): Promise<number[]> {
  const [embedding] = await embedder.embed([question], 'question', signal);
  if (embedding === undefined) return [];
  const near = { modelId, embedding, range, limit };
  const nearest = await searchSlots.run(() => findNearestChunks(db, scope, near), signal);
  return nearest.map(({ chunkId }) => chunkId);
}

function middleSentence(content: string): string {
  const sentences = splitSentences(content);
  const middle = sentences[Math.floor(sentences.length / 2)];
  return middle === undefined ? content : content.slice(middle.start, middle.end);
}
