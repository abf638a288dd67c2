import type { AppError } from '../app-error.ts';
import { unreadable } from './unreadable.ts';

/** Of `postal-mime`, and of whatever calls itself for each thing that is in another. */
const wordsOfDepth = /maximum call stack size|maximum mime nesting depth/i;

/** Why a file could not be read where a parser failed: it is damaged, or what it holds lies too deep in each other. */
export function unreadableBecauseOf(fileName: string, error: unknown): AppError {
  return unreadable(fileName, isOfDepth(error) ? 'too-deep' : 'corrupt', error);
}

function isOfDepth(error: unknown): boolean {
  return error instanceof Error && (wordsOfDepth.test(error.message) || isOfDepth(error.cause));
}
