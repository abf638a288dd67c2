import { createCache } from '@twin/core/cache/create-cache';
import type { Deps } from '@twin/core/deps';
import type { ChatModel, Embedder, JobQueue, Logger, Reranker } from '@twin/core/ports';
import { createRateGate } from '@twin/core/rate-limit/rate-gate';
import { createRatePolicies } from '@twin/core/rate-limit/rate-policies';
import { createBuiltinEmbedder } from '@twin/core/retrieval/builtin-embedder';
import { createListwiseReranker } from '@twin/core/retrieval/listwise-reranker';
import { createSlots } from '@twin/core/slots';
import { createWatchPlaces } from '@twin/core/visitors/watch-places';
import type { DatabaseHandle } from '@twin/db/client';
import { createAnnouncements } from './adapters/announcements.ts';
import { createCrossEncoder } from './adapters/cross-encoder.ts';
import { readCrossEncoderFolder } from './adapters/cross-encoder-folder.ts';
import { createDocumentReader } from './adapters/document-reader.ts';
import { createOpenAiChatModel } from './adapters/openai-chat-model.ts';
import { createOpenAiEmbedder, createStoredOpenAiEmbedder } from './adapters/openai-embedder.ts';
import { createPageDrawer } from './adapters/page-drawer.ts';
import { systemClock } from './adapters/system-clock.ts';
import { createTransformerEmbedder } from './adapters/transformer-embedder.ts';
import { readTransformerFolder } from './adapters/transformer-folder.ts';
import { transformerHome } from './adapters/transformer-runtime.ts';
import { createWebPageSource } from './adapters/web-page-source.ts';
import { digestCode } from './digest-code.ts';
import type { Env } from './env.ts';

const code = digestCode();

/** Puts together what every use case stands on, as the environment asks. */
export function composeDeps(env: Env, database: DatabaseHandle, jobs: JobQueue, logger: Logger): Deps {
  const rateGate = createRateGate(database.db);
  const chatModel = composeChatModel(env);
  const transformer = composeTransformer(env);
  return {
    code,
    db: database.db,
    databaseHome: database.home,
    rateGate,
    ratePolicies: createRatePolicies(database.db, rateGate),
    cache: createCache(database.db, logger),
    searchSlots: createSlots(env.vectorSearchesMax),
    watchPlaces: createWatchPlaces(),
    embedder: composeEmbedder(env, transformer),
    otherEmbedder: createOtherEmbedders(env, transformer),
    chatModel,
    reranker: composeReranker(env, chatModel),
    reader: createDocumentReader({ recognition: env.recognition }),
    pages: createPageDrawer(),
    webPages: createWebPageSource(),
    jobs,
    announcements: createAnnouncements(),
    clock: systemClock,
    logger,
  };
}

function composeChatModel({ modelEndpoint, chatModel: model, chatContextTokens, chatTokenPrices }: Env) {
  if (modelEndpoint === undefined) {
    return undefined;
  }
  const limits = { contextTokens: chatContextTokens, pricesPerMillion: chatTokenPrices };
  return createOpenAiChatModel({ ...modelEndpoint, model, ...limits });
}

function composeReranker({ reranker, dataDir }: Env, chatModel: ChatModel | undefined): Reranker | undefined {
  if (reranker === 'chat-model') return chatModel && createListwiseReranker(chatModel);
  return reranker && createCrossEncoder(readCrossEncoderFolder(reranker.folder), transformerHome(dataDir).runtime);
}

function composeTransformer({ embeddingFolder, dataDir }: Env): Embedder | undefined {
  if (embeddingFolder === undefined) return undefined;
  return createTransformerEmbedder(readTransformerFolder(embeddingFolder), transformerHome(dataDir).runtime);
}

/** The models that answered before, made when they are asked for: built in, from the folder, or the provider's by their names. */
function createOtherEmbedders(
  { modelEndpoint }: Env,
  transformer: Embedder | undefined,
): NonNullable<Deps['otherEmbedder']> {
  const made = new Map<string, Embedder>();
  return ({ provider, name, dimensions }) => {
    const key = `${provider} ${name} ${dimensions}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    if (provider === 'transformer') return transformer?.modelName === name ? transformer : undefined;
    if (provider === 'openai' && modelEndpoint === undefined) return undefined;
    const embedder =
      provider === 'builtin' || modelEndpoint === undefined
        ? createBuiltinEmbedder()
        : createStoredOpenAiEmbedder({ ...modelEndpoint, model: name, dimensions });
    // Another release may have shipped another built-in model.
    if (embedder.provider !== provider || embedder.modelName !== name) return undefined;
    made.set(key, embedder);
    return embedder;
  };
}

/** The provider's model that is named, else the one in the folder that is named, else the built-in one. */
export function composeEmbedder(env: Env, transformer = composeTransformer(env)): Embedder {
  const { embeddingModel, modelEndpoint } = env;
  if (embeddingModel === undefined || modelEndpoint === undefined) {
    return transformer ?? createBuiltinEmbedder();
  }
  const { name: model, dimensions } = embeddingModel;
  return createOpenAiEmbedder({ ...modelEndpoint, model, ...(dimensions === undefined ? {} : { dimensions }) });
}
