import { fileTypeFromBuffer } from 'file-type';
import { type UnsupportedReason, unreadable, unsupported } from './unreadable.ts';

/** The formats that are read, each by the parser of its name. */
export type DocumentFormat = 'pdf' | 'docx' | 'html' | 'markdown' | 'plain-text' | 'source-code';

interface DeclaredFile {
  fileName: string;
  mediaType: string | null;
}

/**
 * Tells a file's format from its bytes; among plain texts, which have no signature, the name decides.
 * @throws AppError `unsupported-type`, or `unreadable-document` for an encrypted Office file.
 */
export async function sniffFormat(bytes: Uint8Array, file: DeclaredFile): Promise<DocumentFormat> {
  // Writers may put up to 1,024 bytes before the header, and readers accept it.
  if (textAtStart(bytes, 1024).includes('%PDF-')) return 'pdf';
  const signature = await fileTypeFromBuffer(bytes);
  if (signature === undefined || signature.ext === 'xml') return sniffText(bytes, file);
  if (signature.ext === 'docx') return 'docx';
  if (signature.ext === 'zip' && textAtStart(bytes, 4096).includes('word/')) return 'docx';
  if (signature.ext === 'cfb') throw refuseCompoundFile(bytes, file.fileName);
  throw unsupported(file.fileName, reasonBySignature(signature.ext, signature.mime));
}

const officeExtensions = new Set(
  `
    xlsx xlsm xltx pptx pptm potx ppsx docm dotx dotm odt ods odp odg ott ots otp rtf epub mobi vsdx ps
    eps indd
  `
    .trim()
    .split(/\s+/),
);
const archiveExtensions = new Set(['zip', 'gz', 'tar', '7z', 'rar', 'bz2', 'xz', 'zst', 'lz4', 'tar.gz', 'jar', 'apk']);

function reasonBySignature(extension: string, mime: string): UnsupportedReason {
  if (officeExtensions.has(extension)) return 'office';
  if (archiveExtensions.has(extension)) return 'archive';
  if (mime.startsWith('image/')) return 'image';
  if (mime.startsWith('audio/') || mime.startsWith('video/')) return 'media';
  return 'unknown-type';
}

/** Compound files hold either a legacy Office document or an encrypted modern one; their stream names are UTF-16LE. */
function refuseCompoundFile(bytes: Uint8Array, fileName: string) {
  const isEncrypted = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(
    Buffer.from('EncryptedPackage', 'utf16le'),
  );
  return isEncrypted ? unreadable(fileName, 'password-protected') : unsupported(fileName, 'legacy-office');
}

const markdownExtensions = new Set(['md', 'markdown', 'mdown', 'mkd', 'mdx']);
const sourceCodeExtensions = new Set(
  `
    c cc cpp cs css dart ex go h hpp hs ipynb java js json jsonc jsx kt lua mjs php pl ps1 py r rb rs scala sh
    sql swift toml ts tsx vue xml yaml yml zig
  `
    .trim()
    .split(/\s+/),
);

function sniffText(bytes: Uint8Array, { fileName, mediaType }: DeclaredFile): DocumentFormat {
  const start = textAtStart(bytes, 2048).trimStart().toLowerCase();
  const extension = fileName.toLowerCase().split('.').at(-1) ?? '';
  if (extension === 'eml' || (/^[\w-]+: /.test(start) && /^mime-version: /m.test(start))) {
    throw unsupported(fileName, 'email');
  }
  if (/^(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,500}-->\s*)*<(?:!doctype html|html)[\s>]/.test(start)) return 'html';
  if (markdownExtensions.has(extension) || mediaType?.startsWith('text/markdown')) return 'markdown';
  if (extension === 'html' || extension === 'htm' || extension === 'xhtml') return 'html';
  if (mediaType?.startsWith('text/html') && start.includes('<')) return 'html';
  if (/<(?:head|body|article|div|p|h1)[\s>]/.test(start) && start.startsWith('<')) return 'html';
  return sourceCodeExtensions.has(extension) ? 'source-code' : 'plain-text';
}

/** The first bytes as characters, byte for byte, with the NULs of UTF-16 left out: enough to see a signature. */
function textAtStart(bytes: Uint8Array, length: number): string {
  return Buffer.from(bytes.subarray(0, length))
    .toString('latin1')
    .replaceAll('\0', '')
    .replace(/^(?:ï»¿|ÿþ|þÿ)/, '');
}
