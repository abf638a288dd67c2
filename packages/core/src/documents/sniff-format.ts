import { fileTypeFromBuffer } from 'file-type';
import { openCompoundFile } from './parsers/compound-file.ts';
import { withoutInternalSubset } from './parsers/internal-subset.ts';
import { hasPpt } from './parsers/ppt-file.ts';
import { createReadBudget } from './parsers/read-budget.ts';
import { isSignedData } from './parsers/signed-data.ts';
import { isTnef } from './parsers/tnef-stream.ts';
import { isZip } from './parsers/zip-directory.ts';
import { sniffText } from './sniff-text.ts';
import { sniffZip } from './sniff-zip.ts';
import { type UnsupportedReason, unsupported } from './unreadable.ts';

/** The formats that are read, each by the parser of its name. */
export type DocumentFormat =
  | 'asciidoc'
  | 'contacts-and-events'
  | 'csv'
  | 'doc'
  | 'docx'
  | 'email'
  | 'epub'
  | 'feed'
  | 'fiction-book'
  | 'journal-article'
  | 'flat-open-document'
  | 'html'
  | 'image'
  | 'json'
  | 'json-lines'
  | 'latex'
  | 'locked-office'
  | 'mailbox'
  | 'markdown'
  | 'notebook'
  | 'open-document'
  | 'org'
  | 'outlook-message'
  | 'pdf'
  | 'plain-text'
  | 'ppt'
  | 'pptx'
  | 'rst'
  | 'rtf'
  | 'signed-file'
  | 'source-code'
  | 'subtitles'
  | 'svg'
  | 'tnef'
  | 'xls'
  | 'xlsx'
  | 'zip';

interface DeclaredFile {
  fileName: string;
  mediaType: string | null;
}

/**
 * Tells a file's format from its bytes; among plain texts, which have no signature, the name decides.
 * @throws AppError `unsupported-type`, or `unreadable-document` for a damaged archive.
 */
export async function sniffFormat(bytes: Uint8Array, file: DeclaredFile): Promise<DocumentFormat> {
  if (isTnef(bytes)) return 'tnef';
  if (isZip(bytes)) return sniffZip(bytes, file.fileName);
  // Writers may put up to 1,024 bytes before the header, and readers accept it.
  if (textAtStart(bytes, 1024).includes('%PDF-')) return 'pdf';
  if (textAtStart(bytes, 6).startsWith('{\\rtf')) return 'rtf';
  if (officeSignatures.some((start) => Buffer.from(bytes.subarray(0, start.byteLength)).equals(start))) {
    throw unsupported(file.fileName, 'office');
  }
  if (oldWorkbookStarts.has(Buffer.from(bytes.subarray(0, 4)).toString('hex'))) {
    throw unsupported(file.fileName, 'legacy-office');
  }
  if (isSignedData(bytes) || /\.p7m$/i.test(file.fileName)) return 'signed-file';
  const signature = await fileTypeFromBuffer(bytes);
  if (signature === undefined || signature.ext === 'xml' || isProse(bytes)) {
    return sniffText(startOfText(bytes), file.fileName, file.mediaType);
  }
  if (imageMediaTypes.has(signature.mime)) return 'image';
  if (signature.ext === 'cfb') return sniffCompoundFile(bytes, file.fileName);
  throw unsupported(file.fileName, reasonBySignature(signature.ext, signature.mime));
}

/**
 * Whether a file starts with nothing but characters that texts are made of. Some signatures are words: a text that begins
 * “The free …” or “The wide …” carries that of a film, one that begins “ID3” that of a sound.
 */
function isProse(bytes: Uint8Array): boolean {
  return !/(?![\t\n\v\f\r\x80-\x9f])\p{Cc}|^%!PS|^-----BEGIN /u.test(charactersAtStart(bytes, 4096));
}

/** Of OneNote and WordPerfect, which `file-type` does not know. */
const officeSignatures = [Buffer.from('e4525c7b8cd8a74d', 'hex'), Buffer.from('ff575043', 'hex')];

/** Of Excel 2, 3 and 4, before workbooks were compound files. */
const oldWorkbookStarts = new Set(['09000400', '09020600', '09040600']);

/** Pictures that text recognition can open. */
const imageMediaTypes = new Set([
  'image/png',
  'image/apng',
  'image/jpeg',
  'image/webp',
  'image/tiff',
  'image/bmp',
  'image/gif',
]);
const officeExtensions = new Set(['mobi', 'ps', 'eps', 'indd']);
const archiveExtensions = new Set('zip gz tar 7z rar bz2 xz zst lz4 tar.gz jar apk'.split(' '));

function reasonBySignature(extension: string, mime: string): UnsupportedReason {
  if (officeExtensions.has(extension)) return 'office';
  if (archiveExtensions.has(extension)) return 'archive';
  if (mime.startsWith('image/')) return 'image';
  if (mime.startsWith('audio/') || mime.startsWith('video/')) return 'media';
  return 'unknown-type';
}

/** Compound files hold a message of Outlook, a locked Office document, or one of before 2007: which of these, their streams tell. */
function sniffCompoundFile(bytes: Uint8Array, fileName: string): DocumentFormat {
  const content = openCompoundFile(bytes, fileName, createReadBudget(bytes.byteLength));
  if (content.has('EncryptedPackage')) return 'locked-office';
  if (content.has('__properties_version1.0')) return 'outlook-message';
  if (content.has('WordDocument')) return 'doc';
  if (content.has('Workbook') || content.has('Book')) return 'xls';
  if (hasPpt(content)) return 'ppt';
  throw unsupported(fileName, 'legacy-office');
}

/** The first bytes as characters, byte for byte, with the NULs of UTF-16 left out: enough to see a signature. */
function textAtStart(bytes: Uint8Array, length: number): string {
  return charactersAtStart(bytes, length)
    .replaceAll('\0', '')
    .replace(/^(?:ï»¿|ÿþ|þÿ)/, '');
}

/** What a document type declares within itself would hide the root element behind it. */
function startOfText(bytes: Uint8Array): string {
  const start = textAtStart(bytes, 4096);
  return /<!doctype/i.test(start) ? withoutInternalSubset(textAtStart(bytes, 3 * 4096)).slice(0, 4096) : start;
}

function charactersAtStart(bytes: Uint8Array, length: number): string {
  return Buffer.from(bytes.subarray(0, length)).toString('latin1');
}
