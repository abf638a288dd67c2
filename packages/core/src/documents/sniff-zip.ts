import { createReadBudget } from './parsers/read-budget.ts';
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

const MEDIA_TYPE_BYTES_MAX = 1024;

/** @throws AppError `too-large` for too many entries, `corrupt` when the archive has no directory. */
export function sniffZip(bytes: Uint8Array, fileName: string): DocumentFormat {
  // A budget of its own: the directory and one line of text are looked at, and nothing of the upload's is used up.
  const budget = { ...createReadBudget(), inflatedBytesLeft: MEDIA_TYPE_BYTES_MAX };
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
