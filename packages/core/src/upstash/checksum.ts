import { createHash } from 'node:crypto';

/** The SHA-256 of a value's JSON with its keys in order: equal for equal values, however they were written. */
export function checksum(value: unknown): Uint8Array {
  return createHash('sha256')
    .update(JSON.stringify(value, (_key, part: unknown) => inOrder(part)))
    .digest();
}

function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
