import { AppError } from '@twin/core/app-error';
import { countOf } from '@twin/core/count-of';
import type { Embedder } from '@twin/core/ports';
import type OpenAI from 'openai';
import { type EmbeddingPrefixes, embeddingPrefixes, prefixFor } from './embedding-prefixes.ts';
import { createOpenAiClient, type OpenAiEndpoint } from './openai-client.ts';
import { type ModelCall, modelError, toModelError } from './openai-error.ts';
import { embedRetryPolicy, type RetryPolicy, retryWaitMs, waitUnlessAborted } from './openai-retry.ts';
import { searchWeightOf } from './search-weight.ts';

export interface OpenAiEmbedderConfig extends OpenAiEndpoint {
  model: string;
  /** The width vectors are known to have, when the model was used before; any other is refused. */
  dimensions?: number;
  requestMsMax?: number;
  retryPolicy?: RetryPolicy;
}

/** What the name of a model that is asked with its own prefixes ends in: vectors made without them are of another model. */
const prefixedEnding = ', prefixed';

const batchMax = 96;
const defaultRequestMsMax = 60_000;
/** 96 vectors of 3,072 numbers are about 6 MB of JSON. */
const responseBytesMax = 64 * 1024 * 1024;

/** The embedder of a model by the name it goes by among the stored ones, which says whether it is asked with prefixes. */
export function createStoredOpenAiEmbedder(config: OpenAiEmbedderConfig): Embedder {
  const isPrefixed = config.model.endsWith(prefixedEnding);
  const model = isPrefixed ? config.model.slice(0, -prefixedEnding.length) : config.model;
  return createOpenAiEmbedder({ ...config, model }, isPrefixed ? embeddingPrefixes(model) : null);
}

/**
 * An embedding model behind any OpenAI-compatible endpoint. Its width is learned from the first answer and then held to.
 * Models that were trained to tell questions from passages by a prefix get it.
 */
export function createOpenAiEmbedder(
  config: OpenAiEmbedderConfig,
  prefixes: EmbeddingPrefixes | null = embeddingPrefixes(config.model),
): Embedder {
  const client = createOpenAiClient(config, responseBytesMax);
  const policy = config.retryPolicy ?? embedRetryPolicy;
  let width = config.dimensions;

  async function embedBatch(texts: readonly string[], signal: AbortSignal | undefined): Promise<Float32Array[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        const vectors = await requestVectors(client, config, texts, signal);
        width = checkWidth(vectors, width, config.model);
        return vectors;
      } catch (error) {
        const waitMs = retryWaitMs(error, attempt, policy);
        if (waitMs === undefined) throw error;
        await waitUnlessAborted(waitMs, signal);
      }
    }
  }

  return {
    provider: 'openai',
    endpoint: config.baseUrl,
    modelName: prefixes === null ? config.model : config.model + prefixedEnding,
    get dimensions() {
      return width;
    },
    batchMax,
    searchWeight: searchWeightOf(config.model),
    async embed(given, purpose, signal) {
      const prefix = prefixFor(prefixes, purpose);
      const texts = prefix === '' ? given : given.map((text) => prefix + text);
      const vectors: Float32Array[] = [];
      for (let start = 0; start < texts.length; start += batchMax) {
        vectors.push(...(await embedBatch(texts.slice(start, start + batchMax), signal)));
      }
      return vectors;
    },
  };
}

async function requestVectors(
  client: OpenAI,
  config: OpenAiEmbedderConfig,
  texts: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Float32Array[]> {
  const call: ModelCall = { endpoint: config, model: config.model, setting: 'EMBEDDING_MODEL' };
  const deadline = AbortSignal.timeout(config.requestMsMax ?? defaultRequestMsMax);
  try {
    // Without an explicit format the SDK asks for base64, which some servers answer with wrong numbers.
    const response = await client.embeddings.create(
      { model: config.model, input: [...texts], encoding_format: 'float' },
      { signal: signal ? AbortSignal.any([signal, deadline]) : deadline },
    );
    return toVectors(response, texts.length);
  } catch (error) {
    if (signal?.aborted) throw new AppError('canceled', 'The request was canceled.', { cause: signal.reason });
    if (deadline.aborted) {
      throw modelError(
        'model-unavailable',
        'timeout',
        'The embedding endpoint did not answer in time. Try again later.',
      );
    }
    throw toModelError(error, call);
  }
}

/** One vector per text in the order of the texts, which an endpoint may not keep. */
function toVectors(response: OpenAI.CreateEmbeddingResponse, count: number): Float32Array[] {
  const items: unknown = response.data;
  if (!Array.isArray(items) || items.length !== count) {
    const found = Array.isArray(items) ? countOf(items.length, 'vector') : 'no vectors';
    const message = `The embedding endpoint answered ${countOf(count, 'text')} with ${found}. Check that OPENAI_BASE_URL serves embeddings for EMBEDDING_MODEL.`;
    throw modelError('model-unavailable', 'broken-answer', message);
  }
  const byIndex = new Map((items as OpenAI.Embedding[]).map((item, position) => [item.index ?? position, item]));
  return Array.from({ length: count }, (_, index) => toVector(byIndex.get(index)?.embedding));
}

function toVector(embedding: unknown): Float32Array {
  if (!Array.isArray(embedding) || embedding.length === 0) {
    throw modelError(
      'model-unavailable',
      'broken-answer',
      'The embedding endpoint sent a vector that is not a list of numbers. Check that it serves EMBEDDING_MODEL.',
    );
  }
  // Float32Array turns null into 0, so the numbers are looked at first.
  if (!embedding.every((value) => Number.isFinite(value))) {
    throw modelError(
      'model-refused',
      'bad-vectors',
      'The embedding endpoint sent a vector with a value that is not a number. Try another EMBEDDING_MODEL, or update the endpoint.',
    );
  }
  return Float32Array.from(embedding as number[]);
}

function checkWidth(vectors: readonly Float32Array[], expected: number | undefined, model: string): number | undefined {
  const width = expected ?? vectors[0]?.length;
  const other = vectors.find((vector) => vector.length !== width);
  if (!other) return width;
  const message = `The embedding model “${model}” sent vectors of ${other.length} numbers where ${width} were expected. Check which model the endpoint serves under that name.`;
  throw modelError('model-refused', 'bad-vectors', message);
}
