import { AppError } from '@twin/core/app-error';
import type { ChatModel, ChatPrompt, TokenCounts } from '@twin/core/ports';
import type OpenAI from 'openai';
import { createOpenAiClient, type OpenAiEndpoint } from './openai-client.ts';
import { type ModelCall, modelError, toModelError } from './openai-error.ts';
import { chatRetryPolicy, type RetryPolicy, retryWaitMs, waitUnlessAborted } from './openai-retry.ts';
import { startTimeBounds, type TimeBounds, type TimeBoundsConfig } from './time-bounds.ts';
import { createTokenBound } from './token-bound.ts';

export interface OpenAiChatModelConfig extends OpenAiEndpoint {
  model: string;
  contextTokens?: number | undefined;
  pricesPerMillion?: ChatModel['pricesPerMillion'];
  timeBounds?: TimeBoundsConfig;
  retryPolicy?: RetryPolicy;
  /** An answer that grows past this is cut off as runaway. */
  answerCharactersMax?: number;
}

/** A model on a slow machine may write three words a second: what never ends is cut by its length long before the hour. */
const defaultTimeBounds: TimeBoundsConfig = { firstMs: 120_000, idleMs: 60_000, totalMs: 3_600_000 };
const defaultAnswerCharactersMax = 60_000;
/** An event wraps a four-character token in some 250 bytes. */
const responseBytesMax = 16 * 1024 * 1024;

/** A chat model behind any OpenAI-compatible endpoint. Only text deltas are read: tool calls and other events are ignored. */
export function createOpenAiChatModel(config: OpenAiChatModelConfig): ChatModel {
  const client = createOpenAiClient(config, responseBytesMax);
  const policy = config.retryPolicy ?? chatRetryPolicy;
  const names = [...limitNames];
  return {
    modelName: config.model,
    endpoint: config.baseUrl,
    contextTokens: config.contextTokens,
    pricesPerMillion: config.pricesPerMillion,
    async *stream(prompt, options) {
      for (let attempt = 1; ; attempt++) {
        let begun = false;
        const limitName = names[0];
        try {
          for await (const delta of readDeltas(client, config, prompt, { ...options, limitName })) {
            begun = true;
            yield delta;
          }
          return;
        } catch (error) {
          if (limitName !== undefined && !begun && refusesLimit(error)) {
            // Another answer may have found out first.
            if (names[0] === limitName) names.shift();
            // Learning a name is no failure of the model.
            attempt -= 1;
            continue;
          }
          const waitMs = begun ? undefined : retryWaitMs(error, attempt, policy);
          if (waitMs === undefined || !(error instanceof AppError)) throw error;
          options.onRetry?.(waitMs, error.message);
          await waitUnlessAborted(waitMs, options.signal);
        }
      }
    },
  };
}

/**
 * How an endpoint is told what an answer may use, in the order they are tried: the name that nearly all know, then the one
 * that models which think want instead. For one that takes neither, what it writes is counted here.
 */
const limitNames = ['max_tokens', 'max_completion_tokens'] as const;

/** Not so when the limit alone is refused, as too large for the model: the name is known then. */
function refusesLimit(error: unknown): boolean {
  return (
    error instanceof AppError &&
    error.reason === 'bad-request' &&
    error.cause instanceof Error &&
    /max_(?:completion_)?tokens/.test(error.cause.message) &&
    /unsupported|not supported|unknown|unrecognized|unexpected|not permitted|not allowed|extra/i.test(
      error.cause.message,
    )
  );
}

/** One attempt. */
async function* readDeltas(
  client: OpenAI,
  config: OpenAiChatModelConfig,
  prompt: ChatPrompt,
  {
    signal,
    answerTokensMax,
    limitName,
    onUsage,
    onCut,
  }: Parameters<ChatModel['stream']>[1] & { limitName: (typeof limitNames)[number] | undefined },
): AsyncGenerator<string> {
  const call: ModelCall = { endpoint: config, model: config.model, setting: 'CHAT_MODEL' };
  const bounds = startTimeBounds(config.timeBounds ?? defaultTimeBounds, signal);
  const charactersMax = config.answerCharactersMax ?? defaultAnswerCharactersMax;
  let characters = 0;
  let finishReason: string | null | undefined;
  try {
    const messages = toMessages(prompt);
    const limit = answerTokensMax === undefined || limitName === undefined ? {} : { [limitName]: answerTokensMax };
    const bound =
      limitName === undefined && answerTokensMax !== undefined ? createTokenBound(answerTokensMax) : undefined;
    const stream = await client.chat.completions.create(
      { model: config.model, messages, stream: true, stream_options: { include_usage: true }, ...limit },
      { signal: bounds.signal },
    );
    for await (const chunk of stream) {
      bounds.touch();
      const counts = toCounts(chunk.usage);
      if (counts !== undefined) onUsage?.(counts);
      const choice = chunk.choices?.[0];
      finishReason = choice?.finish_reason ?? finishReason;
      const text: unknown = choice?.delta?.content;
      if (typeof text !== 'string' || text === '') continue;
      characters += text.length;
      if (bound?.add(text) === true) {
        onCut?.();
        return;
      }
      if (characters > charactersMax) {
        throw modelError('model-unavailable', 'too-long', 'The model did not stop writing, so its answer was cut off.');
      }
      bounds.pause();
      yield text;
      bounds.touch();
    }
    // The SDK ends the loop quietly when the request is aborted.
    assertWhole(bounds, signal, finishReason, characters);
    if (finishReason === 'length') onCut?.();
  } catch (error) {
    throw interruption(bounds, signal) ?? toModelError(error, call);
  } finally {
    bounds.end();
  }
}

/** Some endpoints send zeros, or the counts so far with every chunk: the last ones are the whole. */
function toCounts(usage: OpenAI.CompletionUsage | null | undefined): TokenCounts | undefined {
  const { prompt_tokens: promptTokens, completion_tokens: completionTokens } = usage ?? {};
  if (!isCount(promptTokens) || !isCount(completionTokens) || promptTokens + completionTokens === 0) return undefined;
  return { promptTokens, completionTokens };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function toMessages(prompt: ChatPrompt): OpenAI.ChatCompletionMessageParam[] {
  return [
    { role: 'system', content: prompt.system },
    ...prompt.turns.map(({ role, text }) => ({ role, content: text })),
  ];
}

function assertWhole(
  bounds: TimeBounds,
  signal: AbortSignal,
  finishReason: string | null | undefined,
  characters: number,
): void {
  const interrupted = interruption(bounds, signal);
  if (interrupted) throw interrupted;
  if (finishReason === 'content_filter') {
    throw modelError('model-refused', 'bad-request', "The model endpoint's content filter refused to answer this.");
  }
  if (finishReason === 'length' && characters === 0) {
    const message =
      'The model used up what it may write before it said a word, as models do that think first. Set CHAT_CONTEXT_TOKENS to what it can read, which leaves it more, or switch its thinking off.';
    throw modelError('model-unavailable', 'too-long', message);
  }
  if (finishReason) return;
  const message =
    characters === 0
      ? 'The model endpoint sent no answer. Try again; if it stays so, check its log.'
      : "The model's answer broke off. Ask again to get it whole.";
  throw modelError('model-unavailable', 'broken-answer', message);
}

function interruption(bounds: TimeBounds, signal: AbortSignal): AppError | undefined {
  if (signal.aborted) return new AppError('canceled', 'The answer was stopped.', { cause: signal.reason });
  switch (bounds.exceeded()) {
    case 'first':
      return modelError('model-unavailable', 'timeout', 'The model did not begin to answer in time. Try again later.');
    case 'idle':
      return modelError(
        'model-unavailable',
        'timeout',
        'The model fell silent in the middle of its answer. Ask again.',
      );
    case 'total':
      return modelError('model-unavailable', 'timeout', 'The model took too long to finish its answer. Ask again.');
    case undefined:
      return undefined;
  }
}
