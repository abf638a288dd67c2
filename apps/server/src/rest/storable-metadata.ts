import { z } from 'zod';

/** Deeper than any record a person keeps, and no deeper than a parser can follow. */
const depthMax = 32;

/** A caller's own JSON object, kept as it is: one that Postgres can store as `jsonb`. */
export const storableMetadata = z.record(z.string(), z.unknown()).refine((value) => isStorable(value, depthMax), {
  message: `must not contain NUL or half surrogate pairs, nor more than ${depthMax} levels`,
});

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
