const HEADER_BYTES = 16;
/** `LZFu` and `MELA`, read as numbers. */
const COMPRESSED = 0x75465a4c;
const UNCOMPRESSED = 0x414c454d;
const DICTIONARY_BYTES = 4096;
/** What the dictionary begins with: words that are in every RTF file. */
const firstWords = Buffer.from(
  String.raw`{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0` +
    '\r\n' +
    String.raw`\par \pard\plain\f0\fs20\b\i\u\tab\tx`,
);

/** Eight references, of 17 bytes each, take two bytes each and one that says what they are. */
const GROWTH_MAX = 8;

/** How many bytes compressed RTF becomes at most: as many as it says, but no more than it could hold. */
export function sizeOfRtf(compressed: Uint8Array): number {
  return Math.min(viewOf(compressed).getUint32(4, true), compressed.byteLength * GROWTH_MAX);
}

/** Decompresses RTF as Outlook keeps it ([MS-OXRTFCP]); what is cut off yields what is there. @throws Error when it is not of that kind. */
export function decompressRtf(compressed: Uint8Array): Uint8Array<ArrayBuffer> {
  const kind = viewOf(compressed).getUint32(8, true);
  const content = compressed.subarray(HEADER_BYTES);
  if (kind === UNCOMPRESSED) return Uint8Array.from(content);
  if (kind !== COMPRESSED) throw new Error('It is not compressed RTF.');
  const rtf = new Uint8Array(sizeOfRtf(compressed));
  const dictionary = new Uint8Array(DICTIONARY_BYTES);
  dictionary.set(firstWords);
  let written = 0;
  const write = (byte: number) => {
    dictionary[(firstWords.length + written) % DICTIONARY_BYTES] = byte;
    rtf[written] = byte;
    written += 1;
  };
  for (const token of readTokens(content)) {
    if (written >= rtf.length) break;
    if (token.type === 'byte') write(token.value);
    else {
      // A reference to where the next byte goes is the end.
      if (token.offset === (firstWords.length + written) % DICTIONARY_BYTES) break;
      for (let index = 0; index < token.length && written < rtf.length; index += 1) {
        write(dictionary[(token.offset + index) % DICTIONARY_BYTES] ?? 0);
      }
    }
  }
  return rtf.slice(0, written);
}

type Token = { type: 'byte'; value: number } | { type: 'reference'; offset: number; length: number };

/** Each bit of a byte says of one token that follows whether it is a byte or a reference into the dictionary. */
function* readTokens(content: Uint8Array): Generator<Token> {
  let at = 0;
  while (at < content.length) {
    const kinds = content[at] ?? 0;
    at += 1;
    for (let bit = 0; bit < 8 && at < content.length; bit += 1) {
      const first = content[at] ?? 0;
      if ((kinds & (1 << bit)) === 0) {
        yield { type: 'byte', value: first };
        at += 1;
      } else {
        const second = content[at + 1] ?? 0;
        yield { type: 'reference', offset: (first << 4) | (second >> 4), length: (second & 0xf) + 2 };
        at += 2;
      }
    }
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
