import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { hasLanguage } from '@twin/core/documents/recognition/load-language';
import type { RecognitionSettings } from '@twin/core/documents/recognition/recognition-settings';
import type { ChatModel } from '@twin/core/ports';
import { z } from 'zod';
import { ConfigurationError } from './configuration-error.ts';

const repositoryRoot = resolve(import.meta.dirname, '../../..');

const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, 'is not a whole number')
    .transform(Number)
    .pipe(z.number().min(min, `is below ${min}`).max(max, `is above ${max}`));

const webUrl = z.url({ protocol: /^https?$/, error: 'is not an http(s) URL' });
const commaList = z.string().transform((list) => list.split(',').map((entry) => entry.trim()));
const origins = commaList.pipe(z.array(webUrl.transform((url) => new URL(url).origin)));
const addressRange = z.string().refine(isAddressRange, 'holds something that is not an IP address or range');

const yesOrNo = z.enum(['true', 'false'], 'is neither true nor false').transform((word) => word === 'true');

const tokenPrices = z
  .string()
  .regex(/^\d+(\.\d+)? *, *\d+(\.\d+)?( +[A-Z]{3})?$/, 'is not two prices with a comma')
  .transform((list) => {
    const [prices = '', currency = 'USD'] = list.split(/ +(?=[A-Z])/);
    const [prompt = 0, completion = 0] = prices.split(',').map(Number);
    return { prompt, completion, currency };
  });

const variables = z.object({
  PORT: wholeNumber(0, 65_535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().default(join(repositoryRoot, '.data')),
  DATABASE_URL: z.string().optional(),
  DATABASE_POOL_MAX: wholeNumber(2, 1000).default(20),
  VECTOR_SEARCHES_MAX: wholeNumber(1, 1000).default(availableParallelism()),
  CACHE_UNLOGGED: yesOrNo.default(false),
  OPENAI_API_KEY: z.string().optional(),
  OPENAI_BASE_URL: webUrl.optional(),
  CHAT_MODEL: z.string().default('gpt-4o-mini'),
  CHAT_CONTEXT_TOKENS: wholeNumber(1_024, 10_000_000).default(8_192),
  CHAT_TOKEN_PRICES: tokenPrices.optional(),
  RERANKER: z.enum(['chat-model'], 'is not chat-model').optional(),
  EMBEDDING_MODEL: z.string().optional(),
  EMBEDDING_DIMENSIONS: wholeNumber(1, 4000).optional(),
  EMBEDDING_FOLDER: z.string().optional(),
  RERANKER_FOLDER: z.string().optional(),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], 'is not one of debug, info, warn, error, silent')
    .default('info'),
  AUTH_SECRET: z.string().optional(),
  PUBLIC_URL: webUrl.transform((url) => new URL(url).origin).optional(),
  TRUSTED_ORIGINS: origins.default([]),
  OCR_LANGUAGES: commaList
    .pipe(z.array(z.string().regex(/^\w{2,40}$/, 'holds something that is no language')))
    .default(['eng']),
  OCR_LANGUAGE_DIR: z.string().optional(),
  TRUSTED_PROXIES: commaList.pipe(z.array(addressRange)).default([]),
  BACKUP_PASSPHRASE: z.string().min(12, 'has fewer than 12 characters').optional(),
  UPSTASH_VECTOR_REST_URL: webUrl.optional(),
  UPSTASH_VECTOR_REST_TOKEN: z.string().optional(),
  UPSTASH_REDIS_REST_URL: webUrl.optional(),
  UPSTASH_REDIS_REST_TOKEN: z.string().optional(),
});

/** What to do about each variable, shown under its problem. */
const nextSteps: Record<keyof z.infer<typeof variables>, string> = {
  PORT: 'Use a port number from 0 to 65535, for example PORT=3000 (0 picks a free one).',
  HOST: 'Use an address to listen on, for example HOST=127.0.0.1, or HOST=0.0.0.0 for every interface.',
  DATA_DIR: 'Use a folder this user may write to, for example DATA_DIR=./.data.',
  DATABASE_URL: 'Use a connection string like postgres://user:password@host:5432/database.',
  DATABASE_POOL_MAX: 'Use the most connections to open at once, from 2 to 1000, for example DATABASE_POOL_MAX=20.',
  VECTOR_SEARCHES_MAX: 'Use as many as the database server has cores, for example VECTOR_SEARCHES_MAX=8.',
  CACHE_UNLOGGED: 'Use CACHE_UNLOGGED=true where a crash of the database may empty the cache, else leave it out.',
  OPENAI_API_KEY: "Use your provider's key. A local model server usually needs none: set OPENAI_BASE_URL alone.",
  OPENAI_BASE_URL: 'Use the address of an OpenAI-compatible API, for example http://127.0.0.1:11434/v1.',
  CHAT_MODEL: 'Use the name of a model your provider serves, for example CHAT_MODEL=gpt-4o-mini.',
  CHAT_CONTEXT_TOKENS: 'Use how many tokens the model reads and writes at once, for example CHAT_CONTEXT_TOKENS=8192.',
  CHAT_TOKEN_PRICES:
    'Use the prices of a million tokens read and written, for example CHAT_TOKEN_PRICES=0.15,0.60, or 0.15,0.60 EUR.',
  RERANKER: 'Set OPENAI_API_KEY or OPENAI_BASE_URL too and use RERANKER=chat-model, or leave it out to rerank nothing.',
  EMBEDDING_MODEL: 'Set OPENAI_API_KEY or OPENAI_BASE_URL too, or leave EMBEDDING_MODEL out to use the built-in model.',
  EMBEDDING_DIMENSIONS: "Use the width of the model's vectors, from 1 to 4000, or leave it out to learn it.",
  RERANKER_FOLDER:
    'Use the folder of a cross-encoder, for example one that “npm run cli -- model install <name>” makes, without RERANKER.',
  EMBEDDING_FOLDER: 'Use the folder of a model, for example one that “npm run cli -- model install <name>” makes.',
  LOG_LEVEL: 'Use LOG_LEVEL=info.',
  AUTH_SECRET: 'Use a random secret of at least 32 characters, for example from: openssl rand -base64 32',
  PUBLIC_URL: 'Use the address people open, for example PUBLIC_URL=https://twin.example.org.',
  TRUSTED_ORIGINS: 'List origins with commas, for example TRUSTED_ORIGINS=https://one.example,https://two.example.',
  OCR_LANGUAGES: "Use Tesseract's names with commas, for example OCR_LANGUAGES=deu,eng. English needs nothing else.",
  OCR_LANGUAGE_DIR: 'Put <language>.traineddata (or .traineddata.gz) of each language there, or name its folder.',
  TRUSTED_PROXIES: 'List addresses or ranges with commas, for example TRUSTED_PROXIES=10.0.0.5,172.16.0.0/12.',
  BACKUP_PASSPHRASE: 'Use a passphrase of 12 characters or more, and keep it apart from the backups.',
  UPSTASH_VECTOR_REST_URL: 'Use the REST address that the Upstash console shows for the vector index.',
  UPSTASH_VECTOR_REST_TOKEN: 'Use the read-only token that the Upstash console shows for the vector index.',
  UPSTASH_REDIS_REST_URL: 'Use the REST address that the Upstash console shows for the Redis database.',
  UPSTASH_REDIS_REST_TOKEN: 'Use the read-only token that the Upstash console shows for the Redis database.',
};

/** Where an import reads from. */
export interface UpstashAddress {
  url: string;
  token: string;
}

interface ModelEndpoint {
  apiKey: string | undefined;
  baseUrl: string | undefined;
}

/** The configuration of one server process, checked and complete. */
export interface Env {
  port: number;
  host: string;
  dataDir: string;
  databaseUrl: string | undefined;
  databasePoolMax: number;
  /** How many searches for the nearest vectors run at once. */
  vectorSearchesMax: number;
  /** Whether a crash of the database may empty the cache. */
  cacheUnlogged: boolean;
  /** Undefined when neither a key nor an address is set: answers are quoted, embeddings are built in. */
  modelEndpoint: ModelEndpoint | undefined;
  chatModel: string;
  /** Tokens the chat model reads and writes at once. */
  chatContextTokens: number;
  chatTokenPrices: ChatModel['pricesPerMillion'];
  /** What orders the found passages anew; undefined to leave them as they were found. */
  reranker: 'chat-model' | { folder: string } | undefined;
  /** Undefined for the one in `embeddingFolder`, else the built-in model. */
  embeddingModel: { name: string; dimensions: number | undefined } | undefined;
  /** Of a transformer that embeds on this machine's CPU. */
  embeddingFolder: string | undefined;
  logLevel: z.infer<typeof variables>['LOG_LEVEL'];
  authSecret: string | undefined;
  /** The origin people open, when the server cannot know it itself (a proxy, a domain). */
  publicOrigin: string | undefined;
  /** Further origins whose pages may call the API; includes `publicOrigin`. */
  trustedOrigins: string[];
  trustedProxies: string[];
  recognition: RecognitionSettings;
  /** Encrypts and decrypts backups on the command line. */
  backupPassphrase: string | undefined;
  /** Of the replaced app: read by `import upstash` alone. */
  upstashVector: UpstashAddress | undefined;
  upstashRedis: UpstashAddress | undefined;
}

/**
 * Reads `.env` beside package.json, or the file that ENV_FILE names, when there is one, and the process environment, which
 * wins. Tests name none: what a person has set for their own twin must not reach a test's.
 */
export function loadEnv(): Env {
  const file = process.env['ENV_FILE'] ?? join(repositoryRoot, '.env');
  if (existsSync(file)) {
    process.loadEnvFile(file);
  }
  return parseEnv(process.env);
}

/** The first means nothing without the second. */
const halfSettings = [
  ['EMBEDDING_DIMENSIONS', 'EMBEDDING_MODEL'],
  ['UPSTASH_VECTOR_REST_URL', 'UPSTASH_VECTOR_REST_TOKEN'],
  ['UPSTASH_VECTOR_REST_TOKEN', 'UPSTASH_VECTOR_REST_URL'],
  ['UPSTASH_REDIS_REST_URL', 'UPSTASH_REDIS_REST_TOKEN'],
  ['UPSTASH_REDIS_REST_TOKEN', 'UPSTASH_REDIS_REST_URL'],
] as const;

/** @throws ConfigurationError with every problem at once; no message holds a value. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  // An empty variable is how compose files and shells spell "not set".
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = variables.safeParse(present);
  if (!parsed.success) {
    throw new ConfigurationError(parsed.error.issues.map(problemOf));
  }
  const env = toEnv(parsed.data);
  for (const name of ['EMBEDDING_MODEL', 'RERANKER'] as const) {
    if (parsed.data[name] === undefined || env.modelEndpoint !== undefined) continue;
    const reason = 'names a model, but there is no provider to ask for it';
    throw new ConfigurationError([{ name, reason, nextStep: nextSteps[name] }]);
  }
  if (parsed.data.RERANKER !== undefined && parsed.data.RERANKER_FOLDER !== undefined) {
    const reason = 'names a second reranker beside RERANKER';
    throw new ConfigurationError([{ name: 'RERANKER_FOLDER', reason, nextStep: nextSteps.RERANKER_FOLDER }]);
  }
  const half = halfSettings.find(
    ([name, needed]) => parsed.data[name] !== undefined && parsed.data[needed] === undefined,
  );
  if (half !== undefined) {
    const [name, needed] = half;
    throw new ConfigurationError([
      { name, reason: `does nothing without ${needed}`, nextStep: `Set ${needed} too, or leave ${name} out.` },
    ]);
  }
  const missing = env.recognition.languages.filter((language) => !hasLanguage(language, env.recognition));
  if (missing.length > 0) {
    const reason = `has no trained data for ${missing.join(', ')}`;
    throw new ConfigurationError([{ name: 'OCR_LANGUAGE_DIR', reason, nextStep: nextSteps.OCR_LANGUAGE_DIR }]);
  }
  return env;
}

function toEnv(read: z.infer<typeof variables>): Env {
  const hasEndpoint = read.OPENAI_API_KEY !== undefined || read.OPENAI_BASE_URL !== undefined;
  return {
    port: read.PORT,
    host: read.HOST,
    dataDir: resolve(read.DATA_DIR),
    databaseUrl: read.DATABASE_URL,
    databasePoolMax: read.DATABASE_POOL_MAX,
    vectorSearchesMax: read.VECTOR_SEARCHES_MAX,
    cacheUnlogged: read.CACHE_UNLOGGED,
    modelEndpoint: hasEndpoint ? { apiKey: read.OPENAI_API_KEY, baseUrl: read.OPENAI_BASE_URL } : undefined,
    chatModel: read.CHAT_MODEL,
    chatContextTokens: read.CHAT_CONTEXT_TOKENS,
    chatTokenPrices: read.CHAT_TOKEN_PRICES,
    reranker: read.RERANKER_FOLDER === undefined ? read.RERANKER : { folder: resolve(read.RERANKER_FOLDER) },
    embeddingModel:
      read.EMBEDDING_MODEL === undefined
        ? undefined
        : { name: read.EMBEDDING_MODEL, dimensions: read.EMBEDDING_DIMENSIONS },
    embeddingFolder: read.EMBEDDING_FOLDER === undefined ? undefined : resolve(read.EMBEDDING_FOLDER),
    logLevel: read.LOG_LEVEL,
    authSecret: read.AUTH_SECRET,
    publicOrigin: read.PUBLIC_URL,
    trustedOrigins: read.PUBLIC_URL === undefined ? read.TRUSTED_ORIGINS : [read.PUBLIC_URL, ...read.TRUSTED_ORIGINS],
    trustedProxies: read.TRUSTED_PROXIES,
    recognition: {
      languages: read.OCR_LANGUAGES,
      ...(read.OCR_LANGUAGE_DIR === undefined ? {} : { languageFolder: resolve(read.OCR_LANGUAGE_DIR) }),
    },
    backupPassphrase: read.BACKUP_PASSPHRASE,
    upstashVector: upstashAddress(read.UPSTASH_VECTOR_REST_URL, read.UPSTASH_VECTOR_REST_TOKEN),
    upstashRedis: upstashAddress(read.UPSTASH_REDIS_REST_URL, read.UPSTASH_REDIS_REST_TOKEN),
  };
}

function upstashAddress(url: string | undefined, token: string | undefined): UpstashAddress | undefined {
  return url === undefined || token === undefined ? undefined : { url, token };
}

function problemOf(issue: z.core.$ZodIssue) {
  const name = String(issue.path[0]) as keyof typeof nextSteps;
  return { name, reason: issue.message, nextStep: nextSteps[name] };
}

function isAddressRange(text: string): boolean {
  const [address = '', prefix] = text.split('/');
  const bits = isIP(address) === 6 ? 128 : 32;
  return isIP(address) !== 0 && (prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits));
}
