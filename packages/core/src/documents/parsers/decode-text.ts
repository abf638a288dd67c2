import { isUtf8 } from 'node:buffer';
import chardet from 'chardet';
import { characterBoundary } from '../../character-boundary.ts';
import { openEbcdic } from './decode-ebcdic.ts';
import { decodeUtf32 } from './decode-utf32.ts';
import { guessSingleByteCharset } from './single-byte-charset.ts';

/** Statistics need no more than this; chardet on a whole large file would take seconds. */
const SAMPLE_BYTES = 64 * 1024;

/**
 * Decodes text of unknown encoding: byte order mark, then UTF-8 if the bytes are UTF-8 but for a few damaged ones, then what
 * the document declares, then statistics. Returns undefined when the bytes are not text.
 */
export function decodeText(bytes: Uint8Array, declaredCharset?: string): string | undefined {
  const unknown = decodeUtf32(bytes) ?? openEbcdic(bytes)?.whole();
  if (unknown !== undefined) return unknown;
  const charset = charsetOf(bytes, declaredCharset);
  return charset === undefined ? undefined : new TextDecoder(charset).decode(bytes);
}

/**
 * The same text in pieces of about so many bytes, none of which ends within a character; each reading begins anew. The
 * whole of a long text is never held.
 */
export function decodeInPieces(
  bytes: Uint8Array,
  { declaredCharset, pieceBytes }: { declaredCharset?: string | undefined; pieceBytes: number },
): (() => Generator<string>) | undefined {
  const wide = decodeUtf32(bytes);
  if (wide !== undefined) return () => cutText(wide, pieceBytes);
  const ebcdic = openEbcdic(bytes);
  if (ebcdic !== undefined) return () => ebcdic.pieces(pieceBytes);
  const charset = charsetOf(bytes, declaredCharset);
  return charset === undefined ? undefined : () => decodePieces(bytes, charset, pieceBytes);
}

function* cutText(text: string, characters: number): Generator<string> {
  for (let from = 0; from < text.length; ) {
    const to = Math.max(from + 1, characterBoundary(text, Math.min(text.length, from + characters)));
    yield text.slice(from, to);
    from = to;
  }
}

function* decodePieces(bytes: Uint8Array, charset: string, pieceBytes: number): Generator<string> {
  const decoder = new TextDecoder(charset);
  for (let from = 0; from < bytes.byteLength; from += pieceBytes) {
    yield decoder.decode(bytes.subarray(from, from + pieceBytes), { stream: true });
  }
  yield decoder.decode();
}

function charsetOf(bytes: Uint8Array, declaredCharset: string | undefined): string | undefined {
  const marked = charsetOfByteOrderMark(bytes) ?? guessUtf16(bytes);
  if (marked !== undefined) return marked;
  if (looksBinary(bytes)) return undefined;
  if (hasJapaneseEscapes(bytes)) return 'iso-2022-jp';
  if (isUtf8(bytes) || isAlmostUtf8(bytes)) return 'utf-8';
  const named = declaredCharset ?? charsetOfXml(bytes);
  if (named !== undefined && isCharset(named) && isMostlyValid(bytes, named)) return named;
  const guessed = guessCharset(bytes);
  return isCharset(guessed) ? guessed : 'windows-1252';
}

function charsetOfByteOrderMark(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

/** What an XML file says in its first line. */
function charsetOfXml(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  return /^\s*<\?xml[^>]{0,150}encoding\s*=\s*["']([\w.:-]{1,40})["']/i.exec(start)?.[1];
}

/** ISO-2022-JP is 7-bit, so that it is valid UTF-8 too: only these escapes to two bytes a character tell it. */
function hasJapaneseEscapes(bytes: Uint8Array): boolean {
  const sample = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, SAMPLE_BYTES));
  return sample.includes('\u001b$B') || sample.includes('\u001b$@');
}

/** In other encodings characters that happen to be valid UTF-8 are far rarer than those that are not. */
const VALID_PER_DAMAGED_MIN = 3;

/** Of a text in the charset that it declares, fewer characters are damaged. */
const INVALID_PER_FOREIGN_MAX = 3;

/** Enough at once to be quick, and little to hold of a large file. */
const PIECE_BYTES = 1024 * 1024;

/** A file is UTF-8 also where a few of its bytes are damaged: they alone become U+FFFD. */
function isAlmostUtf8(bytes: Uint8Array): boolean {
  let damaged = 0;
  let valid = 0;
  for (const text of decodePieces(bytes, 'utf-8', PIECE_BYTES)) {
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      if (code === 0xfffd) damaged += 1;
      else if (code > 0x7f) valid += 1;
    }
  }
  return valid >= damaged * VALID_PER_DAMAGED_MIN;
}

/** UTF-16 without a mark: in most scripts one byte of each pair is mostly zero, the other almost never. */
function guessUtf16(bytes: Uint8Array): string | undefined {
  const sample = bytes.subarray(0, 4096);
  if (sample.length < 4 || sample.length % 2 !== 0) return undefined;
  let evenZeros = 0;
  let oddZeros = 0;
  sample.forEach((byte, index) => {
    if (byte !== 0) return;
    if (index % 2 === 0) evenZeros += 1;
    else oddZeros += 1;
  });
  const pairs = sample.length / 2;
  if (oddZeros > pairs * 0.4 && evenZeros < pairs * 0.05) return 'utf-16le';
  if (evenZeros > pairs * 0.4 && oddZeros < pairs * 0.05) return 'utf-16be';
  return undefined;
}

/** Text holds no NUL and next to no control characters besides tab, line ends, form feed and escape. */
function looksBinary(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  let controls = 0;
  for (const byte of sample) {
    if (byte === 0) return true;
    if ((byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d) && byte !== 0x1b) || byte === 0x7f) controls += 1;
  }
  return controls > 2 + sample.length / 100;
}

/** Below this confidence an East Asian charset is a guess from bytes that happen to be valid in it. */
const CONFIDENCE_MIN = 50;
/** East Asian charsets, which chardet tells apart by pairs of bytes that are valid and common. */
const multiByte = /^(?:big5|euc-|gb|iso-2022|shift_jis)/i;
/** Alphabets need less text than pairs of bytes. */
const ALPHABET_SAMPLE_BYTES = 16 * 1024;

function guessCharset(bytes: Uint8Array): string {
  // What comes before the first character that is not ASCII says nothing.
  const first = Math.max(
    0,
    bytes.findIndex((byte) => byte > 0x7f),
  );
  const start = Math.max(0, first - SAMPLE_BYTES / 4);
  const [best] = chardet.analyse(bytes.subarray(start, start + SAMPLE_BYTES));
  const isMultiByte = best !== undefined && multiByte.test(best.name) && best.confidence >= CONFIDENCE_MIN;
  if (isMultiByte) return best.name;
  const word = Math.max(0, first - 32);
  return guessSingleByteCharset(bytes.subarray(word, word + ALPHABET_SAMPLE_BYTES));
}

/** A page may declare what its editor wrote before it was saved otherwise: what is read so is no text. */
function isMostlyValid(bytes: Uint8Array, charset: string): boolean {
  const text = new TextDecoder(charset).decode(bytes.subarray(0, SAMPLE_BYTES));
  let damaged = 0;
  let foreign = 0;
  for (const character of text) {
    if (character === '\ufffd') damaged += 1;
    if (character > '\u007f') foreign += 1;
  }
  return damaged <= 1 || damaged * INVALID_PER_FOREIGN_MAX < foreign;
}

function isCharset(name: string): boolean {
  try {
    return new TextDecoder(name).encoding !== '';
  } catch {
    return false;
  }
}
