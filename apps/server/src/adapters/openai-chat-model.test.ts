import { AppError } from '@twin/core/app-error';
import type { FakeModelBehaviour } from '@twin/testing/fake-model-behaviour';
import { type FakeModelServer, startFakeModelServer } from '@twin/testing/fake-model-server';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createOpenAiChatModel, type OpenAiChatModelConfig } from './openai-chat-model.ts';

const apiKey = 'sk-canary-4711';
const prompt = {
  system: '<passage number="1" document="Bees">\nBees dance to tell where flowers are.\n</passage>',
  turns: [{ role: 'user' as const, text: 'Why do bees dance?' }],
};

let server: FakeModelServer;
beforeAll(async () => {
  server = await startFakeModelServer();
});
afterAll(() => server.close());
beforeEach(() => {
  server.requests.length = 0;
});

function modelWith(config: Partial<OpenAiChatModelConfig> = {}) {
  const retryPolicy = { attemptsMax: 3, firstWaitMs: 10, waitMsMax: 2_000 };
  return createOpenAiChatModel({ apiKey, baseUrl: server.baseUrl, model: 'fake-chat', retryPolicy, ...config });
}

interface Reading {
  text: string;
  error: AppError | undefined;
  retries: { waitMs: number; reason: string }[];
}

async function read(model = modelWith(), signal = new AbortController().signal): Promise<Reading> {
  const reading: Reading = { text: '', error: undefined, retries: [] };
  const onRetry = (waitMs: number, reason: string): void => void reading.retries.push({ waitMs, reason });
  try {
    for await (const delta of model.stream(prompt, { signal, onRetry })) reading.text += delta;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    reading.error = error;
  }
  return reading;
}

test('what the endpoint counted is told', async () => {
  const counts: unknown[] = [];
  const options = { signal: new AbortController().signal, onUsage: (told: unknown) => void counts.push(told) };
  let text = '';
  for await (const delta of modelWith().stream(prompt, options)) text += delta;
  expect(counts).toEqual([{ promptTokens: 10, completionTokens: Math.ceil(text.length / 4) }]);
});

test('streams the answer in order', async () => {
  expect(await read()).toEqual({ text: 'Bees dance to tell where flowers are [1].', error: undefined, retries: [] });
  expect(server.requests[0]?.authorization).toBe(`Bearer ${apiKey}`);
});

describe('the limit of an answer', () => {
  async function readTo(answerTokensMax: number | undefined, model = modelWith()) {
    let text = '';
    let isCut = false;
    const options = { signal: new AbortController().signal, answerTokensMax, onCut: () => void (isCut = true) };
    for await (const delta of model.stream(prompt, options)) text += delta;
    return { text, isCut };
  }

  test('is sent, and an answer that ends there says so', async () => {
    expect(await readTo(3)).toEqual({ text: 'Bees dance t', isCut: true });
    expect(server.requests[0]?.body.max_tokens).toBe(3);
    expect(await readTo(500)).toEqual({ text: 'Bees dance to tell where flowers are [1].', isCut: false });
  });

  test('is left out where nobody gives one, and the endpoint may have its own', async () => {
    server.enqueue({ kind: 'answer', tokensMax: 2 });
    expect(await readTo(undefined)).toEqual({ text: 'Bees dan', isCut: true });
    expect(server.requests[0]?.body).not.toHaveProperty('max_tokens');
  });

  test('goes by its other name from then on for a model that refuses the first', async () => {
    const model = modelWith();
    const message = "Unsupported parameter: 'max_tokens' is not supported with this model.";
    server.enqueue({ kind: 'http-error', status: 400, message });
    for (let call = 0; call < 2; call += 1) expect((await readTo(500, model)).text).toContain('Bees dance');
    const sent = server.requests.map(({ body }) => [body.max_tokens, body.max_completion_tokens]);
    expect(sent).toEqual([
      [500, undefined],
      [undefined, 500],
      [undefined, 500],
    ]);
    expect(await readTo(3, model)).toEqual({ text: 'Bees dance t', isCut: true });
  });

  test('keeps its name where the limit itself is refused, and its retries where a name is', async () => {
    const model = modelWith();
    const message = "'max_tokens' or 'max_completion_tokens' is too large: 500. The maximum context length is 4096.";
    server.enqueue({ kind: 'http-error', status: 400, message });
    await expect(readTo(500, model)).rejects.toMatchObject({ reason: 'bad-request' });
    expect((await readTo(500, model)).text).toContain('Bees dance');
    expect(server.requests.map(({ body }) => body.max_tokens)).toEqual([500, 500]);
    const thinking = modelWith();
    for (const name of ['max_tokens', 'max_completion_tokens']) {
      server.enqueue({ kind: 'http-error', status: 400, message: `Unknown parameter: ${name}` });
    }
    server.enqueue({ kind: 'http-error', status: 503 }, { kind: 'http-error', status: 503 });
    expect((await readTo(500, thinking)).text).toContain('Bees dance');
  });

  test('is kept here for an endpoint that takes neither name', async () => {
    const model = modelWith();
    for (const name of ['max_tokens', 'max_completion_tokens']) {
      server.enqueue({ kind: 'http-error', status: 400, message: `Unknown parameter: ${name}` });
    }
    server.enqueue({ kind: 'endless' });
    const { text, isCut } = await readTo(100, model);
    expect(isCut).toBe(true);
    expect(text.length).toBeLessThan(1_000);
    expect(server.requests[2]?.body).not.toHaveProperty('max_completion_tokens');
  });

  test('that leaves no room for a word is an error that says what to do', async () => {
    server.enqueue({ kind: 'answer', tokensMax: 0 });
    await expect(readTo(500)).rejects.toMatchObject({ code: 'model-unavailable', reason: 'too-long' });
  });
});

describe('before the first token', () => {
  test('a 429 is retried visibly, no sooner than its Retry-After', async () => {
    server.enqueue({ kind: 'http-error', status: 429, retryAfterSeconds: 1 });
    const reading = await read();
    expect(reading.error).toBeUndefined();
    expect(reading.retries).toHaveLength(1);
    const [first, second] = server.requests;
    expect((second?.receivedAt ?? 0) - (first?.receivedAt ?? 0)).toBeGreaterThanOrEqual(1_000);
  });

  test.each<[FakeModelBehaviour]>([
    [{ kind: 'http-error', status: 503 }],
    [{ kind: 'hang-up' }],
    [{ kind: 'malformed', afterTokens: 0 }],
    [{ kind: 'cut', afterTokens: 0, politely: true }],
    [{ kind: 'error-body' }],
    [{ kind: 'error-body', asEvent: true }],
  ])('$kind is retried', async (behaviour) => {
    server.enqueue(behaviour);
    const reading = await read();
    expect(reading.retries).toHaveLength(1);
    expect(reading.text).toContain('Bees dance');
  });

  test('retries are bounded', async () => {
    server.setDefault({ kind: 'http-error', status: 500 });
    const reading = await read();
    server.setDefault({ kind: 'answer' });
    expect(reading.error).toMatchObject({ code: 'model-unavailable', reason: 'server-error' });
    expect(server.requests).toHaveLength(3);
  });

  test('a Retry-After longer than a person waits is handed to the caller', async () => {
    server.enqueue({ kind: 'http-error', status: 429, retryAfterSeconds: 90 });
    const { error, retries } = await read();
    expect(error).toMatchObject({ code: 'model-rate-limited', reason: 'rate-limit', retryAfterMs: 90_000 });
    expect(retries).toEqual([]);
  });

  test.each([
    [401, 'model-refused', 'bad-key', 'OPENAI_API_KEY'],
    [404, 'model-refused', 'unknown-model', 'fake-chat'],
    [400, 'model-refused', 'bad-request', 'status 400'],
  ])('a %i is not retried and says what to do', async (status, code, reason, hint) => {
    server.enqueue({ kind: 'http-error', status });
    const { error } = await read();
    expect(error).toMatchObject({ code, reason });
    expect(error?.message).toContain(hint);
    expect(server.requests).toHaveLength(1);
  });

  test('an endpoint that is down says where it was looked for', async () => {
    const { error } = await read(modelWith({ baseUrl: 'http://127.0.0.1:9/v1' }));
    expect(error).toMatchObject({ code: 'model-unavailable', reason: 'unreachable' });
    expect(error?.message).toContain('127.0.0.1:9');
  });

  test('silence ends at the first-token bound', async () => {
    server.enqueue({ kind: 'stall' });
    const { error } = await read(modelWith({ timeBounds: { firstMs: 50, idleMs: 5_000, totalMs: 5_000 } }));
    expect(error).toMatchObject({ code: 'model-unavailable', reason: 'timeout' });
  });
});

describe('after the first token', () => {
  test.each<[FakeModelBehaviour]>([
    [{ kind: 'cut', afterTokens: 2 }],
    [{ kind: 'cut', afterTokens: 2, politely: true }],
    [{ kind: 'malformed', afterTokens: 2 }],
  ])('%o keeps the partial text and is never retried', async (behaviour) => {
    server.enqueue(behaviour);
    const reading = await read();
    expect(reading).toMatchObject({ text: 'Bees dan', retries: [] });
    expect(reading.error?.code).toBe('model-unavailable');
    expect(server.requests).toHaveLength(1);
  });

  test('silence ends at the idle bound', async () => {
    server.enqueue({ kind: 'stall', afterTokens: 2 });
    const reading = await read(modelWith({ timeBounds: { firstMs: 5_000, idleMs: 60, totalMs: 5_000 } }));
    expect(reading.text).toBe('Bees dan');
    expect(reading.error).toMatchObject({ reason: 'timeout' });
  });

  test('an endless answer ends at the total bound, or before it at the length bound', async () => {
    server.enqueue({ kind: 'endless', msPerToken: 5 }, { kind: 'endless' });
    const late = await read(modelWith({ timeBounds: { firstMs: 5_000, idleMs: 5_000, totalMs: 150 } }));
    expect(late.error).toMatchObject({ reason: 'timeout' });
    const long = await read(modelWith({ answerCharactersMax: 200 }));
    expect(long.error).toMatchObject({ reason: 'too-long' });
    expect(long.text.length).toBeLessThanOrEqual(200);
    await vi.waitFor(() => expect(server.requests.every((request) => request.abortedAt !== null)).toBe(true));
  });

  test('an abort reaches the endpoint within a second', async () => {
    server.enqueue({ kind: 'endless', msPerToken: 5 });
    const controller = new AbortController();
    const reading = read(modelWith(), controller.signal);
    await vi.waitFor(() => expect(server.requests[0]?.tokensSent).toBeGreaterThan(3));
    const stoppedAt = Date.now();
    controller.abort();
    expect((await reading).error?.code).toBe('canceled');
    await vi.waitFor(() => expect(server.requests[0]?.abortedAt).not.toBeNull());
    expect((server.requests[0]?.abortedAt ?? Number.POSITIVE_INFINITY) - stoppedAt).toBeLessThan(1_000);
  });

  test('a reader that stops reading closes the request', async () => {
    server.enqueue({ kind: 'endless', msPerToken: 5 });
    for await (const _ of modelWith().stream(prompt, { signal: new AbortController().signal })) break;
    await vi.waitFor(() => expect(server.requests[0]?.abortedAt).not.toBeNull());
  });
});

test('no error holds the key, even when the endpoint echoes it', async () => {
  server.enqueue(
    { kind: 'http-error', status: 401, message: `Incorrect API key provided: ${apiKey}` },
    { kind: 'http-error', status: 400, message: `Bad request with ${apiKey}`, code: apiKey },
  );
  for (const { error } of [await read(), await read()]) {
    expect(error).toBeDefined();
    const cause = error?.cause as Error;
    expect(
      JSON.stringify([error, error?.message, error?.stack, cause.message, cause.stack, cause.cause]),
    ).not.toContain(apiKey);
  }
});
