import { z } from 'zod';

/** Deeper than any record a person keeps, and no deeper than a parser can follow. */
const depthMax = 32;
const message = `must not contain NUL or half surrogate pairs, nor more than ${depthMax} levels`;

/** A caller's own JSON, which may be anything that Postgres can store. */
export const storableJson = z.unknown().refine(isStorableJson, { message });

/** A caller's own JSON object, kept as it is. */
export const storableMetadata = z.record(z.string(), z.unknown()).refine(isStorableJson, { message });

function isStorableJson(value: unknown): boolean {
  return isStorable(value, depthMax);
}

function isStorable(value: unknown, depthLeft: number): boolean {
  if (typeof value === 'string') {
    return value.isWellFormed() && !value.includes('\0');
  }
  if (typeof value !== 'object' || value === null) {
    return true;
  }
  return (
    depthLeft > 0 && Object.entries(value).every(([key, part]) => isStorable(key, 0) && isStorable(part, depthLeft - 1))
  );
}
