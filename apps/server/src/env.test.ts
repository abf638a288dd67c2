import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { ConfigurationError } from './configuration-error.ts';
import { loadEnv, parseEnv } from './env.ts';

function problemsOf(source: Record<string, string>) {
  try {
    parseEnv(source);
  } catch (error) {
    return error instanceof ConfigurationError ? error.problems : [];
  }
  return [];
}

test('nothing set: loopback, port 3000, embedded database, no model', () => {
  const env = parseEnv({});

  expect(env).toMatchObject({ host: '127.0.0.1', port: 3000, databasePoolMax: 20 });
  expect(env.databaseUrl).toBeUndefined();
  expect(env.modelEndpoint).toBeUndefined();
  expect(env.embeddingModel).toBeUndefined();
});

test('an empty variable is not set', () => {
  expect(parseEnv({ OPENAI_API_KEY: '', DATABASE_URL: '', PORT: '' })).toEqual(parseEnv({}));
});

test('every problem is told at once, with its next step and without its value', () => {
  const problems = problemsOf({
    PORT: 'canary-1',
    LOG_LEVEL: 'canary-2',
    OPENAI_BASE_URL: 'canary-3',
    TRUSTED_PROXIES: '10.0.0.0/8,canary-4',
    TRUSTED_ORIGINS: 'https://ok.example,canary-5',
  });

  expect(problems.map(({ name }) => name).toSorted()).toEqual([
    'LOG_LEVEL',
    'OPENAI_BASE_URL',
    'PORT',
    'TRUSTED_ORIGINS',
    'TRUSTED_PROXIES',
  ]);
  expect(problems.every(({ nextStep }) => nextStep.length > 10)).toBe(true);
  expect(JSON.stringify(problems)).not.toContain('canary');
});

test.each([['65536'], ['-1'], ['3000.5'], ['0x10'], [' 3000']])('PORT=%s is refused', (PORT) => {
  expect(problemsOf({ PORT })).toMatchObject([{ name: 'PORT' }]);
});

test('an embedding model needs a provider', () => {
  expect(problemsOf({ EMBEDDING_MODEL: 'some-model' })).toMatchObject([{ name: 'EMBEDDING_MODEL' }]);
  expect(parseEnv({ EMBEDDING_MODEL: 'm', OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1' }).embeddingModel).toEqual({
    name: 'm',
    dimensions: undefined,
  });
});

test.each([
  ['EMBEDDING_DIMENSIONS', '512'],
  ['UPSTASH_VECTOR_REST_URL', 'https://a.upstash.io'],
  ['UPSTASH_REDIS_REST_TOKEN', 'token'],
])('half a setting is told: %s alone', (name, value) => {
  expect(problemsOf({ [name]: value })).toMatchObject([{ name, nextStep: expect.stringContaining('Set ') }]);
});

test('tokens cost dollars, or what is named', () => {
  const pricesOf = (prices: string) => parseEnv({ CHAT_TOKEN_PRICES: prices }).chatTokenPrices;
  expect(pricesOf('0.15,0.60')).toEqual({ prompt: 0.15, completion: 0.6, currency: 'USD' });
  expect(pricesOf('2, 10 EUR')).toEqual({ prompt: 2, completion: 10, currency: 'EUR' });
  expect(problemsOf({ CHAT_TOKEN_PRICES: '2,10 euros' })).toMatchObject([{ name: 'CHAT_TOKEN_PRICES' }]);
});

test('a reranker needs a provider or a folder, is one that exists, and the only one', () => {
  expect(problemsOf({ RERANKER: 'chat-model' })).toMatchObject([{ name: 'RERANKER' }]);
  const provider = { OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1' };
  expect(problemsOf({ ...provider, RERANKER: 'magic' })).toMatchObject([{ name: 'RERANKER' }]);
  expect(parseEnv({ ...provider, RERANKER: 'chat-model' }).reranker).toBe('chat-model');
  expect(parseEnv(provider).reranker).toBeUndefined();
  expect(parseEnv({ RERANKER_FOLDER: '/models/judge' }).reranker).toEqual({ folder: '/models/judge' });
  expect(problemsOf({ ...provider, RERANKER: 'chat-model', RERANKER_FOLDER: '/models/judge' })).toMatchObject([
    { name: 'RERANKER_FOLDER' },
  ]);
});

test('the public address is trusted as an origin, without its path', () => {
  const env = parseEnv({
    PUBLIC_URL: 'https://twin.example/app/',
    TRUSTED_ORIGINS: 'https://a.example, https://b.example',
  });

  expect(env.publicOrigin).toBe('https://twin.example');
  expect(env.trustedOrigins).toEqual(['https://twin.example', 'https://a.example', 'https://b.example']);
});

test('ENV_FILE names the file of settings, and none where it is empty', () => {
  const folder = mkdtempSync(join(tmpdir(), 'twin-env-'));
  const file = join(folder, 'settings');
  writeFileSync(file, 'CHAT_MODEL=from-the-file\n');
  vi.stubEnv('CHAT_MODEL', undefined);
  vi.stubEnv('ENV_FILE', '');
  const withoutFile = loadEnv().chatModel;
  vi.stubEnv('ENV_FILE', file);
  const withFile = loadEnv().chatModel;
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });

  expect([withoutFile, withFile]).toEqual(['gpt-4o-mini', 'from-the-file']);
});
