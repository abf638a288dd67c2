import { AppError } from '../../app-error.ts';
import type { CanonicalText } from '../canonical-text.ts';
import { openingHeading } from '../opening-heading.ts';
import type { ParsedFile } from '../parsed-document.ts';
import { isOverBudget } from './read-budget.ts';

export interface AddedPart {
  warnings: ParsedFile['warnings'];
  /** Why it was not read. */
  unread?: AppError;
  title?: string | null;
}

/** Of parts that were not read, the last one that is a document, but too long. */
export function lastTooLong(parts: readonly AddedPart[]): AppError | undefined {
  return parts.findLast(({ unread }) => unread?.reason === 'too-large')?.unread;
}

/**
 * Adds a file found inside another as a section under its name, its own headings one level deeper. One that cannot be read, or is
 * too long by itself, is told of in a warning; the files beside it are still read.
 * @throws AppError when the upload's budget, or the room for its text, is used up: what is left of it would only be read in part.
 */
export async function addPart(
  canonical: CanonicalText,
  fileName: string,
  read: () => Promise<ParsedFile>,
): Promise<AddedPart> {
  const parsed = await read().catch(errorUnlessOverBudget);
  if (parsed instanceof AppError) return notRead(fileName, parsed);
  const title = parsed.title ?? openingHeading(parsed);
  canonical.add({ kind: 'heading', level: 1, text: fileName, part: fileName });
  for (const { kind, level, start, end, page, boxes, part: inner } of parsed.blocks) {
    const text = parsed.canonicalText.slice(start, end);
    const path = inner === undefined ? fileName : `${fileName} › ${inner}`;
    canonical.add({ kind, text, page, boxes, part: path, level: level === undefined ? undefined : level + 1 });
  }
  const warnings = parsed.warnings.map((warning) =>
    typeof warning === 'string' ? `${fileName}: ${warning}` : { ...warning, inside: [fileName, ...warning.inside] },
  );
  return { warnings, title };
}

/** Adds a file that is all there is in another one, as if it were that. */
export async function addWhole(
  canonical: CanonicalText,
  fileName: string,
  read: () => Promise<ParsedFile>,
): Promise<AddedPart> {
  const parsed = await read().catch(errorUnlessOverBudget);
  if (parsed instanceof AppError) return notRead(fileName, parsed);
  const { warnings, canonicalText } = parsed;
  for (const { start, end, ...block } of parsed.blocks)
    canonical.add({ ...block, text: canonicalText.slice(start, end) });
  return { title: parsed.title ?? openingHeading(parsed), warnings };
}

/** A file inside that was not read, as a part to tell of. */
export function notRead(fileName: string, unread: AppError): AddedPart {
  const subject = `“${fileName}” `;
  const { message } = unread;
  const isSubject = message.startsWith(subject);
  const warning = isSubject ? { inside: [fileName], why: message.slice(subject.length) } : `Not read: ${message}`;
  return { warnings: [warning], unread };
}

function errorUnlessOverBudget(error: unknown): AppError {
  if (error instanceof AppError && !isOverBudget(error)) return error;
  throw error;
}
