import { createCanonicalText } from '../canonical-text.ts';
import type { ParsedDocument } from '../parsed-document.ts';
import { unreadable, unsupported } from '../unreadable.ts';
import { addPart } from './add-part.ts';
import type { ParserInput } from './parser-input.ts';
import { openZip } from './zip-archive.ts';

/** What programs leave in archives for themselves. */
const clutter = /(?:^|\/)(?:__MACOSX\/|\.[^/]*$|Thumbs\.db$|desktop\.ini$)/i;
/** Each file that is not read is told of, as long as the list can be taken in. */
const WARNINGS_MAX = 20;

/**
 * Reads the documents of an archive as one document, each a section under its path: one upload is one thing to cite, to
 * replace and to delete. A file that cannot be read is told of, and the others are read.
 */
export async function parseZip(input: ParserInput): Promise<ParsedDocument> {
  const { fileName } = input;
  const archive = openZip(input.bytes, fileName, input.budget);
  const canonical = createCanonicalText({ fileName, charactersMax: input.limits.charactersMax });
  const paths = archive.paths.filter((path) => !clutter.test(path));
  const warnings: string[] = [];
  for (const [index, path] of paths.entries()) {
    const bytes = archive.read(path);
    if (bytes === undefined) continue;
    warnings.push(...(await addPart(canonical, { bytes, fileName: shownPath(path), mediaType: null }, input)));
    input.onProgress?.({ pagesRead: index + 1, pageCount: paths.length });
  }
  const { canonicalText, blocks } = canonical.finish();
  if (canonicalText === '') throw paths.length === 0 ? unreadable(fileName, 'empty') : unsupported(fileName, 'archive');
  return {
    canonicalText,
    blocks,
    title: null,
    mediaType: 'application/zip',
    pageCount: null,
    warnings: shorten(warnings),
  };
}

function shorten(warnings: string[]): string[] {
  const rest = warnings.length - WARNINGS_MAX;
  return rest <= 0 ? warnings : [...warnings.slice(0, WARNINGS_MAX), `And ${rest} more warnings.`];
}

/** A path as text to show: it names nothing of ours, so what leads out of the archive is only left out. */
function shownPath(path: string): string {
  const segments = path.replaceAll('\\', '/').split('/');
  const shown = segments.filter((segment) => segment !== '' && segment !== '.' && segment !== '..').join('/');
  return shown.toWellFormed().replace(/\p{C}/gu, '').slice(-255) || 'unnamed';
}
