import type { TwinScope } from '@twin/db/scope';
import { cacheKeys } from '../cache/cache-keys.ts';
import type { Deps } from '../deps.ts';

/** What the same model makes of the same question does not change: this only bounds how long unused ones stay. */
const keptSeconds = 30 * 24 * 3600;
/** Longer than anybody waits: what is under way for others as well is not given up for one of them. */
const computeMsMax = 10_000;

/**
 * The question's vector; from the cache where computing it costs a call to a remote model. The built-in model is faster
 * than a look into the database.
 */
export async function embedQuestionOnce(
  deps: Pick<Deps, 'cache' | 'embedder'>,
  scope: TwinScope,
  question: string,
  signal: AbortSignal,
): Promise<Float32Array | undefined> {
  const { cache, embedder } = deps;
  if (embedder.provider === 'builtin') {
    const [embedding] = await embedder.embed([question], 'question', signal);
    return embedding;
  }
  // Others may wait for the same vector: whoever stops waiting must not take it from them.
  const computed = cache.getOrCompute(
    scope,
    cacheKeys.questionEmbedding(embedder, question),
    { ttlSeconds: keptSeconds },
    async () => {
      const [embedding] = await embedder.embed([question], 'question', AbortSignal.timeout(computeMsMax));
      if (embedding === undefined) throw new Error('The embedder returned no vector');
      return Buffer.from(embedding.buffer, embedding.byteOffset, embedding.byteLength).toString('base64');
    },
  );
  const text = await unlessAborted(computed, signal);
  return new Float32Array(new Uint8Array(Buffer.from(text, 'base64')).buffer);
}

async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
