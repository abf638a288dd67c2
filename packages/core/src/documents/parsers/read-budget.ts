import type { AppError } from '../../app-error.ts';
import { limits } from '../../limits.ts';
import { unreadable } from '../unreadable.ts';

/** An archive in an e-mail in an archive is read; nothing a person makes is nested deeper. */
export const NESTING_MAX = 3;

/** What one upload may still take, shared by all the files inside of it, however they are nested. */
export interface ReadBudget {
  entriesLeft: number;
  inflatedBytesLeft: number;
}

/** An upload may inflate to `inflatedMbMin`, or to `inflatedRatioMax` times its own size where that is more. */
export function createReadBudget(uploadBytes: number): ReadBudget {
  return {
    entriesLeft: limits.filesInUploadMax,
    inflatedBytesLeft: Math.max(limits.inflatedMbMin * 1024 * 1024, limits.inflatedRatioMax * uploadBytes),
  };
}

/** @throws AppError `too-many-files` or `unpacks-too-large` when that many entries, or bytes, are more than what is left. */
export function takeFromBudget(budget: ReadBudget, taken: Partial<ReadBudget>, fileName: string): void {
  budget.entriesLeft -= taken.entriesLeft ?? 0;
  budget.inflatedBytesLeft -= taken.inflatedBytesLeft ?? 0;
  if (budget.entriesLeft < 0) throw unreadable(fileName, 'too-many-files');
  if (budget.inflatedBytesLeft < 0) throw unreadable(fileName, 'unpacks-too-large');
}

/** The reasons for which a whole upload is refused, however deep inside of it the limit was met. A part that is too long by itself is left out. */
const wholeReasons: ReadonlySet<string | undefined> = new Set(['too-many-files', 'unpacks-too-large']);

/** Whether a part was refused because the upload's budget is used up: whatever is left of it would only be read in part. */
export function isOverBudget(error: AppError): boolean {
  return wholeReasons.has(error.reason);
}
