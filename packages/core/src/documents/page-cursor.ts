import { AppError } from '../app-error.ts';

/** As Postgres prints a `timestamptz`. */
export const timestamp = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?[+-]\d\d(?::?\d\d)?$/;
/** What Postgres takes for text. */
export const anyText = /^[^\0]*$/;

/** Where a page of a list ends, as its reader hands it back for the next one. */
export function encodeCursor(parts: readonly string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/**
 * The parts of a cursor, each as its pattern asks.
 * @throws AppError `invalid-input` for one that was not handed out for this list.
 */
export function decodeCursor(cursor: string, patterns: readonly RegExp[]): string[] {
  const parts = readJson(Buffer.from(cursor, 'base64url').toString('utf8'));
  const isOurs =
    Array.isArray(parts) &&
    patterns.every((pattern, index) => typeof parts[index] === 'string' && pattern.test(parts[index]));
  if (isOurs) return parts;
  throw new AppError('invalid-input', 'This page of the list no longer exists. Start again from the first page.');
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
