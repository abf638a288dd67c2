import { AppError } from '../../app-error.ts';
import { createCanonicalText } from '../canonical-text.ts';
import type { ParsedFile, PictureCoverage } from '../parsed-document.ts';
import { reasonForNoText } from '../recognition/picture-reader.ts';
import { unreadable, unsupported } from '../unreadable.ts';
import { type AddedPart, addPart, addWhole, lastTooLong, notRead } from './add-part.ts';
import type { FileInput, ParserInput } from './parser-input.ts';
import { isOverBudget } from './read-budget.ts';
import { shownPaths } from './shown-paths.ts';
import { openZip, type ZipArchive } from './zip-archive.ts';
import { isZip } from './zip-directory.ts';

/** What a page keeps beside itself. */
const belongings = /\.(?:png|jpe?g|gif|svg|webp|bmp|css|js)$/i;
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
  const paths = archive.paths.filter((path) => !clutter.test(path) && !isShortened(archive, path));
  const picturesBefore = { ...input.pictures.coverage };
  const parts: AddedPart[] = [];
  let lastLocked: AppError | undefined;
  const names = shownPaths(paths);
  for (const [index, path] of paths.entries()) {
    const shown = names[index] ?? path;
    const entry = openEntry(archive, path, shown);
    if (entry instanceof AppError) {
      if (isPassword(entry.reason)) lastLocked = entry;
      const told = lastLocked === entry ? withoutAsking(entry, shown) : entry;
      parts.push(notRead(shown, told));
    } else if (entry !== undefined) {
      const add = paths.length === 1 && isZip(entry.bytes) ? addWhole : addPart;
      parts.push(await add(canonical, entry.fileName, () => input.readPart(entry)));
    }
    input.onProgress?.({ pagesRead: index + 1, pageCount: paths.length });
  }
  const { canonicalText, blocks } = canonical.finish();
  if (canonicalText === '')
    throw reasonForNothing(input, picturesBefore, lastLocked ?? lastTooLong(parts), paths.length);
  const warnings = parts.flatMap((part) => part.warnings);
  const documents = parts.filter((_, index) => !belongings.test(paths[index] ?? ''));
  const title = documents.length === 1 ? (documents[0]?.title ?? null) : null;
  return { canonicalText, blocks, title, mediaType: 'application/zip', pageCount: null, warnings };
}

/** Notion exports a table as it is shown, and once more with all its rows and columns. */
function isShortened(archive: ZipArchive, path: string): boolean {
  const name = / [0-9a-f]{32}(?=\.csv$)/.exec(path);
  return name !== null && archive.has(path.replace(/\.csv$/, '_all.csv'));
}

/** A file that is damaged or locked by itself costs the others nothing: its error is returned, to be told. */
function openEntry(archive: ZipArchive, path: string, fileName: string): FileInput | AppError | undefined {
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
function withoutAsking(locked: AppError, fileName: string): AppError {
  return unreadable(fileName, 'password-protected', locked);
}

function isPassword(reason: string | undefined): reason is 'password-required' | 'password-wrong' {
  return reason === 'password-required' || reason === 'password-wrong';
}
