import chardet from 'chardet';

/** Statistics need no more than this; chardet on a whole large file would take seconds. */
const SAMPLE_BYTES = 64 * 1024;

/**
 * Decodes text of unknown encoding: byte order mark, then UTF-8 if the bytes are valid UTF-8, then what the document
 * declares, then statistics. Returns undefined when the bytes are not text.
 */
export function decodeText(bytes: Uint8Array, declaredCharset?: string): string | undefined {
  const marked = charsetOfByteOrderMark(bytes) ?? guessUtf16(bytes);
  if (marked !== undefined) return decodeAs(bytes, marked);
  if (looksBinary(bytes)) return undefined;
  const utf8 = decodeStrictly(bytes, 'utf-8');
  if (utf8 !== undefined) return utf8;
  if (declaredCharset !== undefined) {
    const declared = decodeAs(bytes, declaredCharset);
    if (declared !== undefined) return declared;
  }
  return decodeAs(bytes, guessCharset(bytes)) ?? decodeAs(bytes, 'windows-1252');
}

function charsetOfByteOrderMark(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
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

/** Short texts carry too little evidence for statistics: below this confidence the commonest Western charset wins. */
const CONFIDENCE_MIN = 50;

function guessCharset(bytes: Uint8Array): string {
  const [best] = chardet.analyse(bytes.subarray(0, SAMPLE_BYTES));
  return best !== undefined && best.confidence >= CONFIDENCE_MIN ? best.name : 'windows-1252';
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
