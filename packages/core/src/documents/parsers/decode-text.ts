import chardet from 'chardet';
import { decodeUtf32 } from './decode-utf32.ts';
import { guessSingleByteCharset } from './single-byte-charset.ts';

/** Statistics need no more than this; chardet on a whole large file would take seconds. */
const SAMPLE_BYTES = 64 * 1024;

/**
 * Decodes text of unknown encoding: byte order mark, then UTF-8 if the bytes are UTF-8 but for a few damaged ones, then what
 * the document declares, then statistics. Returns undefined when the bytes are not text.
 */
export function decodeText(bytes: Uint8Array, declaredCharset?: string): string | undefined {
  const utf32 = decodeUtf32(bytes);
  if (utf32 !== undefined) return utf32;
  const marked = charsetOfByteOrderMark(bytes) ?? guessUtf16(bytes);
  if (marked !== undefined) return decodeAs(bytes, marked);
  if (looksBinary(bytes)) return undefined;
  if (hasJapaneseEscapes(bytes)) return decodeAs(bytes, 'iso-2022-jp');
  const utf8 = decodeUtf8(bytes);
  if (utf8 !== undefined) return utf8;
  const named = declaredCharset ?? charsetOfXml(bytes);
  const declared = named === undefined ? undefined : decodeAs(bytes, named);
  if (declared !== undefined) return declared;
  return decodeAs(bytes, guessCharset(bytes)) ?? decodeAs(bytes, 'windows-1252');
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

/** A file is UTF-8 also where a few of its bytes are damaged: they alone become U+FFFD. */
function decodeUtf8(bytes: Uint8Array): string | undefined {
  const strict = decodeStrictly(bytes, 'utf-8');
  if (strict !== undefined) return strict;
  const text = decodeAs(bytes, 'utf-8') ?? '';
  let damaged = 0;
  let valid = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0xfffd) damaged += 1;
    else if (code > 0x7f) valid += 1;
  }
  return valid >= damaged * VALID_PER_DAMAGED_MIN ? text : undefined;
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

function decodeStrictly(bytes: Uint8Array, charset: string): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Undefined for a charset name that does not exist. Undecodable bytes become U+FFFD. */
function decodeAs(bytes: Uint8Array, charset: string): string | undefined {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return undefined;
  }
}
