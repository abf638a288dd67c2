import * as fc from 'fast-check';
import type { z } from 'zod';

type Schema = z.core.JSONSchema.BaseSchema;

/** Stands in a value for JSON that no value has: a number too large, a key twice. */
const rawMark = '\u{10fffd}raw:';
const raw = (json: string) => rawMark + json;

/** JSON in which what `raw` made stands as it was written. */
export function toJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    new RegExp(`"${rawMark}((?:[^"\\\\]|\\\\.)*)"`, 'gu'),
    (_, json: string) => JSON.parse(`"${json}"`) as string,
  );
}

/** Texts that somebody's parser, database or log once stumbled over. */
const hostileTexts = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  'x\udc00y',
  '\ufeff',
  '\u202e\u0000',
  'e\u0301'.repeat(500),
  "'; drop table chunk; --",
  '%_\\',
  '$1 ${1} {{7*7}}',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  '"<script>&',
  '\r\nSet-Cookie: a=b',
  '1e999',
  '-1',
  'null',
  '🏝️'.repeat(200),
  'a'.repeat(9_000),
  '(('.repeat(2_000),
];
const hostileTimes = [
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00-23:59',
  '9999-12-31T23:59:59.999999999Z',
  '9999-12-31T23:59:59-23:59',
  '2026-02-29T12:00:00Z',
  '2026-01-31T12:00:00+24:00',
  '275760-09-13T00:00:00.001Z',
  '-000001-01-01T00:00:00Z',
];
const hostileNumbers = [0, -1, 0.5, 2 ** 31, -(2 ** 31) - 1, 2 ** 32, 2 ** 53 - 1, 2 ** 63, 1e21, 5e-324, -1e308];
const hostileValues: readonly unknown[] = [
  null,
  true,
  [],
  {},
  ...hostileTexts,
  ...hostileTimes,
  ...hostileNumbers,
  raw('1e999'),
  raw('-0'),
  raw(`1${'0'.repeat(400)}`),
  raw('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
  raw('{"__proto__":null}'),
  raw('{"id":"a","id":"b"}'),
  raw('{"length":1e9,"0":"x"}'),
  raw(`${'['.repeat(3_000)}${']'.repeat(3_000)}`),
  raw(`${'{"a":'.repeat(3_000)}1${'}'.repeat(3_000)}`),
  Array.from({ length: 1_000 }, (_, n) => n),
];

/** Texts that pass a check of their length and say nothing sensible, or name what is there. */
function textsFor(schema: Schema, known: readonly string[]): fc.Arbitrary<string> {
  if (schema.format === 'date-time') return fc.constantFrom('2026-01-31T12:00:00Z', ...hostileTimes);
  if (schema.format === 'email') return fc.constantFrom('a@example.org', `${'a'.repeat(180)}@example.org`, 'a@b');
  if (schema.format === 'guid' || schema.format === 'uuid') return fc.oneof(fc.uuid(), fc.constantFrom(...known));
  if (schema.pattern === '^\\d{1,9}$') return fc.constantFrom('0', '1', '999999999', '000000001');
  const { maxLength = 1_000 } = schema;
  return fc.oneof(
    fc.constantFrom(...known, ...hostileTexts),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }),
    fc.constantFrom('ö', '\u{1f3dd}').map((sign) => sign.repeat(maxLength / sign.length)),
  );
}

/** Values that a schema means, with the ids in `known` among its texts. */
export function valuesFor(schema: Schema, known: readonly string[]): fc.Arbitrary<unknown> {
  const inner = (one: z.core.JSONSchema._JSONSchema) => valuesFor(typeof one === 'boolean' ? {} : one, known);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map(inner));
  switch (schema.type) {
    case 'object':
      if (schema.properties === undefined) return fc.dictionary(fc.string(), fc.jsonValue());
      return fc.record(Object.fromEntries(Object.entries(schema.properties).map(([name, one]) => [name, inner(one)])), {
        requiredKeys: schema.required ?? [],
      });
    case 'array': {
      const items = Array.isArray(schema.items) ? {} : (schema.items ?? {});
      return fc.array(inner(items), { minLength: schema.minItems ?? 0, maxLength: Math.min(schema.maxItems ?? 5, 5) });
    }
    case 'string':
      return textsFor(schema, known);
    case 'integer':
    case 'number': {
      const { minimum = 0, maximum = 2 ** 53 - 1 } = schema;
      return fc.constantFrom(minimum, maximum, Math.min(minimum + 1, maximum), Math.min(2 ** 31, maximum));
    }
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return fc.jsonValue();
  }
}

/** `value` with one thing in it put otherwise: of another type, missing, huge, or with keys that no one sent. */
export function mutationsOf(value: unknown): fc.Arbitrary<unknown> {
  return fc
    .tuple(fc.nat(), fc.constantFrom(...hostileValues), fc.constantFrom('put', 'put', 'put', 'remove', 'add'))
    .map(([at, hostile, how]) => mutated(value, at, hostile, how));
}

function mutated(value: unknown, at: number, hostile: unknown, how: string): unknown {
  if (typeof value !== 'object' || value === null) return hostile;
  const keys = Object.keys(value);
  if (how === 'add') return { ...value, ['__proto__']: hostile, constructor: hostile, userId: 'b', ownerId: 'b' };
  // One place more than there are keys: the value itself.
  const key = keys[at % (keys.length + 1)];
  if (key === undefined) return hostile;
  const copy: Record<string, unknown> = Array.isArray(value) ? ([...value] as never) : { ...value };
  const inside = copy[key];
  if (typeof inside === 'object' && inside !== null && at % 2 === 0) copy[key] = mutated(inside, at >> 1, hostile, how);
  else if (how === 'remove') delete copy[key];
  else copy[key] = hostile;
  return copy;
}
