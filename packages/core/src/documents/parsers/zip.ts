import { AppError } from '../../app-error.ts';
import { limits } from '../../limits.ts';
import { createCanonicalText } from '../canonical-text.ts';
import { cleanPath } from '../file-name.ts';
import type { ParsedFile, PictureCoverage } from '../parsed-document.ts';
import { reasonForNoText } from '../recognition/picture-reader.ts';
import { unreadable, unsupported } from '../unreadable.ts';
import { type AddedPart, addPart, lastTooLong, notRead } from './add-part.ts';
import type { FileInput, ParserInput } from './parser-input.ts';
import { isOverBudget } from './read-budget.ts';
import { openZip, type ZipArchive } from './zip-archive.ts';

/** What programs leave in archives for themselves. */
const clutter = /(?:^|\/)(?:__MACOSX\/|\.[^/]*$|Thumbs\.db$|desktop\.ini$)/i;

/**
 * Reads the documents of an archive as one document, each a section under its path: one upload is one thing to cite, to
 * replace and to delete. A file that cannot be read is told of, and the others are read.
 */
export async function parseZip(input: ParserInput): Promise<ParsedFile> {
  const { fileName } = input;
  const archive = openZip(input);
  const canonical = createCanonicalText({ fileName, charactersMax: input.limits.charactersMax });
  const paths = archive.paths.filter((path) => !clutter.test(path));
  const picturesBefore = { ...input.pictures.coverage };
  const parts: AddedPart[] = [];
  let lastLocked: AppError | undefined;
  for (const [index, path] of paths.entries()) {
    const entry = openEntry(archive, path);
    if (entry instanceof AppError) {
      if (isPassword(entry.reason)) lastLocked = entry;
      const told = lastLocked === entry ? withoutAsking(entry, path) : entry;
      parts.push(notRead(shownPath(path), told));
    } else if (entry !== undefined) {
      parts.push(await addPart(canonical, entry.fileName, () => input.readPart(entry)));
    }
    input.onProgress?.({ pagesRead: index + 1, pageCount: paths.length });
  }
  const { canonicalText, blocks } = canonical.finish();
  if (canonicalText === '')
    throw reasonForNothing(input, picturesBefore, lastLocked ?? lastTooLong(parts), paths.length);
  const warnings = parts.flatMap((part) => part.warnings);
  return { canonicalText, blocks, title: null, mediaType: 'application/zip', pageCount: null, warnings };
}

/** A file that is damaged or locked by itself costs the others nothing: its error is returned, to be told. */
function openEntry(archive: ZipArchive, path: string): FileInput | AppError | undefined {
  const fileName = shownPath(path);
  try {
    const bytes = archive.read(path, fileName);
    return bytes === undefined ? undefined : { bytes, fileName, mediaType: null };
  } catch (error) {
    if (error instanceof AppError && !isOverBudget(error)) return error;
    throw error;
  }
}

/**
 * Why an archive yields no text. Scans and photos have none until they are recognised; those of other files in the upload say
 * nothing of this one.
 */
function reasonForNothing(
  { fileName, pictures }: ParserInput,
  before: PictureCoverage,
  unread: AppError | undefined,
  files: number,
): AppError {
  const unrecognised = pictures.coverage.unrecognised - before.unrecognised;
  const textless = pictures.coverage.textless - before.textless;
  if (unrecognised + textless > 0) return unreadable(fileName, reasonForNoText(pictures, unrecognised));
  if (isPassword(unread?.reason) || unread?.reason === 'too-large') return unreadable(fileName, unread.reason, unread);
  return files === 0 ? unreadable(fileName, 'empty') : unsupported(fileName, 'archive');
}

/** A document of which something was read waits for no password: only a copy without it helps. */
function withoutAsking(locked: AppError, path: string): AppError {
  return unreadable(shownPath(path), 'password-protected', locked);
}

function isPassword(reason: string | undefined): reason is 'password-required' | 'password-wrong' {
  return reason === 'password-required' || reason === 'password-wrong';
}

function shownPath(path: string): string {
  return cleanPath(path, limits.fileNameCharactersMax) ?? 'unnamed';
}
