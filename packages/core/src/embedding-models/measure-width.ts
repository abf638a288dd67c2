import type { Embedder } from '../ports.ts';

/** How many numbers a vector of this embedder has. @throws AppError of a model that is away. */
export async function measureWidth(embedder: Embedder, signal?: AbortSignal): Promise<number> {
  if (embedder.dimensions !== undefined) return embedder.dimensions;
  const [vector] = await embedder.embed(['How many numbers describe this sentence?'], 'passage', signal);
  if (vector === undefined) throw new Error('The embedder returned no vector');
  return vector.length;
}
