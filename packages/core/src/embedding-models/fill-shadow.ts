import { updateFilledAt } from '@twin/db/queries/embedding-models';
import { insertShadowEmbeddings, listChunksWithoutVector } from '@twin/db/queries/shadow-embeddings';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import { countOf } from '../count-of.ts';
import type { Deps } from '../deps.ts';
import { textToEmbed } from '../documents/text-to-embed.ts';
import type { Embedder } from '../ports.ts';

/**
 * Gives every chunk that has none a vector of this model, batch by batch; each batch is kept at once, so whoever comes after
 * a crash goes on where it stopped. Nothing is held between batches: searches and ingestion go on beside it.
 *
 * @throws AppError of a model that is away, or `model-refused` where it gives fewer vectors than it was given texts; or the
 * signal's reason.
 */
export async function fillShadow(
  { db }: Pick<Deps, 'db'>,
  scope: TwinScope,
  model: { modelId: number; embedder: Embedder },
  {
    signal,
    onProgress,
  }: { signal: AbortSignal; onProgress?: ((embedded: number) => void | Promise<void>) | undefined },
): Promise<void> {
  const { modelId, embedder } = model;
  for (let afterId = 0; ; ) {
    signal.throwIfAborted();
    const chunks = await listChunksWithoutVector(db, scope, { modelId, afterId, limit: embedder.batchMax });
    const last = chunks.at(-1);
    if (last === undefined) return;
    const vectors = await embedder.embed(
      chunks.map((chunk) => textToEmbed(chunk.title, chunk)),
      'passage',
      signal,
    );
    const rows = chunks.flatMap(({ id, versionId }, index) => {
      const embedding = vectors[index];
      return embedding === undefined ? [] : [{ chunkId: id, versionId, embedding }];
    });
    // The passages left out would be asked for again and again, and each time paid for.
    if (rows.length < chunks.length) throw tooFew(embedder.modelName, vectors.length, chunks.length);
    await insertShadowEmbeddings(db, scope, modelId, rows);
    await updateFilledAt(db, modelId);
    afterId = last.id;
    await onProgress?.(rows.length);
  }
}

function tooFew(model: string, given: number, wanted: number): AppError {
  const message = `“${model}” gave ${countOf(given, 'vector')} for ${countOf(wanted, 'passage')}. Check what the endpoint serves under that name.`;
  return new AppError('model-refused', message, { reason: 'too-few-vectors' });
}
