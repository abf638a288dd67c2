import type { ReadBudget } from './parsers/read-budget.ts';
import { openZip, type ZipArchive } from './parsers/zip-archive.ts';
import type { DocumentFormat } from './sniff-format.ts';

/** A part that only one format has. The name of the file says nothing: every one of these is a zip. */
const telltaleParts: readonly [path: string, format: DocumentFormat][] = [
  ['word/document.xml', 'docx'],
  ['xl/workbook.xml', 'xlsx'],
  ['ppt/presentation.xml', 'pptx'],
];
const mediaTypes: readonly [start: string, format: DocumentFormat][] = [
  ['application/vnd.oasis.opendocument.', 'open-document'],
  ['application/epub+zip', 'epub'],
];

/** @throws AppError `corrupt` when the archive has no directory. */
export function sniffZip(bytes: Uint8Array, fileName: string): DocumentFormat {
  // A budget of its own: only the directory and a line of text are looked at.
  const budget: ReadBudget = { entriesLeft: Number.POSITIVE_INFINITY, inflatedBytesLeft: 1024 };
  const archive = openZip(bytes, fileName, budget);
  const telltale = telltaleParts.find(([path]) => archive.has(path));
  if (telltale !== undefined) return telltale[1];
  const mediaType = declaredMediaType(archive);
  return mediaTypes.find(([start]) => mediaType.startsWith(start))?.[1] ?? 'zip';
}

/** OpenDocument and EPUB files name their type in a first entry of this name. */
function declaredMediaType(archive: ZipArchive): string {
  try {
    return Buffer.from(archive.read('mimetype') ?? [])
      .toString('latin1')
      .trim();
  } catch {
    return '';
  }
}
