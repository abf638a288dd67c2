import { AppError } from '../app-error.ts';
import { limits } from '../limits.ts';
import { namedMainPart, usualMainParts } from './parsers/office-main-part.ts';
import { attributeOf, childElements, readXmlPart } from './parsers/xml-tree.ts';
import { openZip, type ZipArchive } from './parsers/zip-archive.ts';
import type { DocumentFormat } from './sniff-format.ts';
import { unsupported } from './unreadable.ts';

const mediaTypes: readonly [start: string, format: DocumentFormat][] = [
  ['application/vnd.oasis.opendocument.', 'open-document'],
  ['application/epub+zip', 'epub'],
  ['application/x-ibooks+zip', 'epub'],
];
/** Of OpenOffice before 2005 and of layout programs: documents whose parts are none, like those of Apple. */
const otherDocument = /^application\/vnd\.(?:sun\.xml|stardivision|adobe)\./;
/** By the media type of the main part. That of a binary workbook (XLSB) does not end so. */
const mainPartTypes: readonly [type: RegExp, format: DocumentFormat][] = [
  [/(?:wordprocessingml|ms-word).*main\+xml$/i, 'docx'],
  [/(?:spreadsheetml|ms-excel).*main\+xml$/i, 'xlsx'],
  [/(?:presentationml|ms-powerpoint).*main\+xml$/i, 'pptx'],
];
const CONTENT_TYPES = '[Content_Types].xml';
/** What Pages, Numbers and Keynote keep their documents in, at the top or in the folder that a Mac shows as one file. */
const applePart =
  /^(?:[^/]+\.(?:key|numbers|pages)\/)?(?:Index\/[^/]+\.iwa|Index\.zip|index\.apxl(?:\.gz)?|buildVersionHistory\.plist)$/;

/** What tells a format is a line of text, or a list of the file's parts. */
const INFLATED_BYTES_MAX = 1024 * 1024;

/**
 * Tells apart the formats that are zip archives; the name of the file says nothing.
 * @throws AppError `too-many-files`, `corrupt` when the archive has no directory, or `unsupported-type` for a document in
 * a format that is not read: its parts are no documents of their own.
 */
export function sniffZip(bytes: Uint8Array, fileName: string): DocumentFormat {
  // A budget of its own: nothing of the upload's is used up.
  const budget = { entriesLeft: limits.filesInUploadMax, inflatedBytesLeft: INFLATED_BYTES_MAX };
  const archive = openZip({ bytes, fileName, budget });
  for (const format of ['docx', 'xlsx', 'pptx'] as const) if (archive.has(usualMainParts[format])) return format;
  const mediaType = declaredMediaType(archive);
  const declared = mediaTypes.find(([start]) => mediaType.startsWith(start));
  if (declared !== undefined) return declared[1];
  if (otherDocument.test(mediaType)) throw unsupported(fileName, 'office');
  if (!archive.has(CONTENT_TYPES)) {
    if (isOfApple(archive.paths)) throw unsupported(fileName, 'office');
    return 'zip';
  }
  const type = mainPartType(archive, fileName);
  const named = mainPartTypes.find(([pattern]) => pattern.test(type));
  if (named === undefined) throw unsupported(fileName, 'office');
  return named[1];
}

/** Other files beside such a folder are documents of their own. */
function isOfApple(paths: readonly string[]): boolean {
  const place = paths.map((path) => applePart.exec(path)).find((found) => found !== null);
  if (place === undefined) return false;
  const folder = /^[^/]+\.(?:key|numbers|pages)\//.exec(place[0])?.[0] ?? '';
  return paths.every((path) => path.startsWith(folder) || path.startsWith('__MACOSX/'));
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

/** The media type of the part that an Office file, or another built like one, says is its document; else empty. */
function mainPartType(archive: ZipArchive, fileName: string): string {
  try {
    const path = namedMainPart(archive, fileName);
    const types = readXmlPart(archive, CONTENT_TYPES, fileName);
    if (path === undefined || types === undefined) return '';
    const entry = childElements(types, 'Override').find((part) => attributeOf(part, 'PartName') === `/${path}`);
    return entry === undefined ? '' : (attributeOf(entry, 'ContentType') ?? '');
  } catch (error) {
    if (error instanceof AppError) return '';
    throw error;
  }
}
