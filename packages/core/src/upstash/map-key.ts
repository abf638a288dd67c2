import { CACHE_BYTES_MAX } from '@twin/db/queries/cache';
import type { SourceKey } from './sources.ts';
import { storableValue } from './storable-value.ts';

/** Key prefixes by which rate limits and ingestion records are told from cached values. */
export interface KeyPrefixes {
  rateLimits: readonly string[];
  ingestions: readonly string[];
}

/** What a key of the source becomes. Moments are milliseconds since the epoch. */
export type MappedKey =
  | { outcome: 'cache'; key: string; value: string; expiresAt: number }
  | { outcome: 'rate limit'; key: string; count: number; expiresAt: number }
  | {
      outcome: 'ingestion';
      id: string;
      userId: string;
      documentCount: number;
      documents: unknown[];
      createdAt: number;
      expiresAt: number;
    }
  | { outcome: `skipped: ${string}` };

export const defaultKeyPrefixes: KeyPrefixes = {
  rateLimits: ['@upstash/ratelimit', 'ratelimit', 'rate_limit', 'rate-limit'],
  ingestions: ['ingestion', 'ingest'],
};

/** Values that never expire at the source stay this long here, where there is room: the cache keeps nothing forever. */
const unlimitedYears = 10;
const ingestionDays = 30;
const dayMs = 24 * 60 * 60 * 1000;
const counterMax = 2_147_483_647;
const longWindowsMs = [
  ...Array.from({ length: 48 }, (_none, hours) => (hours + 1) * 3_600_000),
  ...Array.from({ length: 31 }, (_none, days) => (days + 1) * dayMs),
];

/** The rules of `mapKey` in words, for people to read before anything is written. */
export function keyMappingRules({ rateLimits, ingestions }: KeyPrefixes): string[] {
  return [
    `rate limits: numbers that expire, under ${rateLimits.map((prefix) => `${prefix}:`).join(', ')}; the prefix and a ` +
      `window's number at the end are taken off: user-1 is counted on as user-1 by code that calls checkRateLimit. The ` +
      `limits of this app itself begin anew, since it knows its callers by other names`,
    `ingestion records: JSON or hashes under ${ingestions.map((prefix) => `${prefix}:`).join(', ')}`,
    `cache: every other text value with the time it has left; one that never expires is kept for ${unlimitedYears} years. ` +
      `All have ${CACHE_BYTES_MAX / 1024 ** 2} MB together with what this app keeps there, and go first when it is full`,
    'lists, sets, sorted sets, streams and other hashes: left out and counted by type',
  ];
}

/** Says what a key becomes, at the moment `now`. */
export function mapKey(source: SourceKey, prefixes: KeyPrefixes, now: number): MappedKey {
  const { key, value, type, ttlMs } = source;
  if (key.includes('\0') || (typeof value === 'string' && value.includes('\0'))) return { outcome: 'skipped: binary' };
  const ingestionId = afterPrefix(key, prefixes.ingestions);
  const record = ingestionId === undefined ? undefined : readRecord(value);
  if (ingestionId !== undefined && record !== undefined) {
    return toIngestion(ingestionId, storableValue(record), ttlMs, now);
  }
  if (typeof value !== 'string') return { outcome: `skipped: ${type}` };
  const limited = afterPrefix(key, prefixes.rateLimits);
  if (limited !== undefined && ttlMs !== null && /^\d{1,10}$/.test(value) && Number(value) <= counterMax) {
    return {
      outcome: 'rate limit',
      key: withoutWindow(limited, ttlMs, now),
      count: Number(value),
      expiresAt: now + ttlMs,
    };
  }
  const expiresAt = now + (ttlMs ?? unlimitedYears * 365 * dayMs);
  return { outcome: 'cache', key: key.toWellFormed(), value: value.toWellFormed(), expiresAt };
}

/**
 * The Upstash library counts each window under a key of its own, with the window's number since the epoch at the end: of
 * windows up to some four hours it has six digits and more. A shorter number is one if it is that of a window of whole
 * hours or days, now or lately, that would have so long left; else it belongs to the key.
 */
function withoutWindow(key: string, ttlMs: number, now: number): string {
  const [, name, digits] = /^(.+):(\d{2,})$/s.exec(key) ?? [];
  if (name === undefined || digits === undefined) return key;
  const isWindow = longWindowsMs.some((windowMs) => {
    const age = Math.floor(now / windowMs) - Number(digits);
    // A sliding window's counter lives for two of them and a second.
    return (age === 0 || age === 1) && ttlMs <= 2 * windowMs + 1000;
  });
  return digits.length >= 6 || isWindow ? name : key;
}

function afterPrefix(key: string, prefixes: readonly string[]): string | undefined {
  const prefix = prefixes.find((candidate) => key.startsWith(`${candidate}:`) && key.length > candidate.length + 1);
  return prefix === undefined ? undefined : key.slice(prefix.length + 1);
}

function readRecord(value: SourceKey['value']): Record<string, unknown> | undefined {
  if (typeof value !== 'string') return value ?? undefined;
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? { ...parsed } : undefined;
  } catch {
    return undefined;
  }
}

function toIngestion(id: string, record: Record<string, unknown>, ttlMs: number | null, now: number): MappedKey {
  const documents = readList(record['documents']);
  const count = Number(record['documentCount'] ?? record['document_count'] ?? documents.length);
  const createdAt = readMoment(record['createdAt'] ?? record['created_at'] ?? record['timestamp']);
  return {
    outcome: 'ingestion',
    id,
    userId: textOf(record['userId'] ?? record['user_id']),
    documentCount: Number.isInteger(count) && count >= 0 && count <= counterMax ? count : documents.length,
    documents,
    createdAt: createdAt ?? now,
    expiresAt: now + (ttlMs ?? ingestionDays * dayMs),
  };
}

/** A list, or the JSON of one as a hash holds it, in the shape the ingestion list shows. */
function readList(value: unknown): unknown[] {
  if (typeof value === 'string') {
    const parsed = readRecord(`{"list":${value}}`);
    return parsed === undefined ? [] : readList(parsed['list']);
  }
  if (!Array.isArray(value)) return [];
  return value.map((document: unknown) => {
    const fields = typeof document === 'object' && document !== null ? { ...document } : { id: document };
    const id = textOf('id' in fields ? fields.id : '');
    return { title: id, outcome: 'created', ...fields, id };
  });
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** Milliseconds since the epoch, from such a number (a hash holds it as digits) or from a date in words. */
function readMoment(value: unknown): number | undefined {
  const text = textOf(value);
  const moment = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  return Number.isNaN(moment) ? undefined : moment;
}
