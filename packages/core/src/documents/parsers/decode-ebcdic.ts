/** What the bytes from 0x40 on stand for on mainframes (code page 37). */
const characters =
  ' \xa0âäàáãåçñ¢.<(+|&éêëèíîïìß!$*);¬-/ÂÄÀÁÃÅÇÑ¦,%_>?øÉÊËÈÍÎÏÌ`:#@\'="Øabcdefghi«»ðýþ±°jklmnopqrªºæ¸Æ¤µ~stuvwxyz¡¿ÐÝÞ®^£¥·©§¶¼½¾[]¯¨´×{ABCDEFGHI\xadôöòóõ}JKLMNOPQR¹ûüùúÿ\\÷STUVWXYZ²ÔÖÒÓÕ0123456789³ÛÜÙÚ';
const FIRST = 0x40;
/** Tab, return and both ends of a line. */
const controls = new Map([
  [0x05, '\t'],
  [0x0c, '\f'],
  [0x0d, '\r'],
  [0x15, '\n'],
  [0x25, '\n'],
]);
/** Where the pages 500 and 1047 differ from 37. */
const variants = [
  new Map<number, string>(),
  new Map(Array.from('[!]^¢¬|', (sign, index) => [[0x4a, 0x4f, 0x5a, 0x5f, 0xb0, 0xba, 0xbb][index] ?? 0, sign])),
  new Map(Array.from('^[¬Ý¨]', (sign, index) => [[0x5f, 0xad, 0xb0, 0xba, 0xbb, 0xbd][index] ?? 0, sign])),
];

const SAMPLE_BYTES = 64 * 1024;
const BYTES_MIN = 24;
const SPACE_SHARE_MIN = 0.04;
const PLAIN_SHARE_MIN = 0.9;
/** Of the letters, those without an accent, and of these the vowels. */
const LATIN_SHARE_MIN = 0.75;
const VOWEL_SHARE_MIN = 0.2;
/** Of the spaces and line ends of every other charset, which stand for nothing here. */
const STRANGE_SHARE_MAX = 0.01;
/** Of the spaces, those behind an `a` or a `c`: in Shift JIS each such pair is the wide space, or a letter. */
const WIDE_SHARE_MAX = 0.5;
const WIDE_STARTS = [0x81, 0x83];
/** Files without line ends are cards of 80 characters, one behind the other. */
const CARD_BYTES = 80;
const lineEnds = new Set([0x0d, 0x15, 0x25]);

const page37 = readSignsOf(new Map());
/** The bytes that stand for letters, digits and usual signs: the same on all of these pages. */
const plain = bytesOf(/[\p{L}\d\s_.,;:'"()/+*=-]/u);
const letters = bytesOf(/\p{L}/u);
const latin = bytesOf(/[a-z]/i);
const vowels = bytesOf(/[aeiou]/i);

/** Text of a mainframe, whole or in pieces of about so many bytes. */
export interface EbcdicText {
  whole(): string;
  pieces(pieceBytes: number): Generator<string>;
}

/** Text in EBCDIC, which no decoder of the platform knows and nothing marks, as it shows by its spaces, letters and vowels; else undefined. */
export function openEbcdic(bytes: Uint8Array): EbcdicText | undefined {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const counts = countBytes(sample);
  if (!looksLikeEbcdic(sample, counts)) return undefined;
  const signs = readSigns(counts);
  const isCards = bytes.byteLength % CARD_BYTES === 0 && !bytes.some((byte) => lineEnds.has(byte));
  const pieces = function* (pieceBytes: number) {
    const step = isCards ? Math.max(CARD_BYTES, pieceBytes - (pieceBytes % CARD_BYTES)) : pieceBytes;
    for (let from = 0; from < bytes.byteLength; from += step) {
      const piece = bytes.subarray(from, from + step);
      yield isCards ? (from === 0 ? '' : '\n') + readCards(piece, signs) : read(piece, signs);
    }
  };
  return { pieces, whole: () => pieces(bytes.byteLength).next().value ?? '' };
}

function looksLikeEbcdic(sample: Uint8Array, counts: Uint32Array): boolean {
  const all = sample.byteLength;
  const count = (wanted: readonly number[]) => wanted.reduce((sum, byte) => sum + (counts[byte] ?? 0), 0);
  const spaces = count([FIRST]);
  if (all < BYTES_MIN || spaces < all * SPACE_SHARE_MIN || count([0, 0x0a, 0x20]) > all * STRANGE_SHARE_MAX)
    return false;
  if (count(plain) < all * PLAIN_SHARE_MIN || countWideSpaces(sample) > spaces * WIDE_SHARE_MAX) return false;
  return count(latin) > count(letters) * LATIN_SHARE_MIN && count(vowels) > count(latin) * VOWEL_SHARE_MIN;
}

function countWideSpaces(sample: Uint8Array): number {
  return sample.reduce(
    (sum, byte, at) => sum + (byte === FIRST && WIDE_STARTS.includes(sample[at - 1] ?? 0) ? 1 : 0),
    0,
  );
}

function countBytes(bytes: Uint8Array): Uint32Array {
  const counts = new Uint32Array(256);
  for (const byte of bytes) counts[byte] = (counts[byte] ?? 0) + 1;
  return counts;
}

function readSignsOf(variant: ReadonlyMap<number, string>): string[] {
  return Array.from(
    { length: 256 },
    (_, byte) => variant.get(byte) ?? controls.get(byte) ?? characters.charAt(byte - FIRST),
  );
}

function bytesOf(wanted: RegExp): number[] {
  return page37.flatMap((sign, byte) => (wanted.test(sign) ? byte : []));
}

/** Of the pages that differ in brackets and marks, the one in which more of these are of those that people write. */
function readSigns(counts: Uint32Array): string[] {
  let best = { signs: page37, score: Number.NEGATIVE_INFINITY };
  for (const variant of variants) {
    const signs = readSignsOf(variant);
    const count = (sign: string) => counts[signs.indexOf(sign)] ?? 0;
    const unpaired = Math.abs(count('[') - count(']'));
    const odd = Array.from('¢¬Ý¨^').reduce((sum, sign) => sum + count(sign), 0);
    const score = -unpaired - odd;
    if (score > best.score) best = { signs, score };
  }
  return best.signs;
}

/** All signs of these pages are among the first 256 of Unicode: a text takes a byte for each, as it does in its file. */
function read(bytes: Uint8Array, signs: readonly string[]): string {
  const text = Buffer.alloc(bytes.byteLength);
  let length = 0;
  for (const byte of bytes) {
    const code = signs[byte]?.charCodeAt(0) ?? Number.NaN;
    if (Number.isNaN(code)) continue;
    text[length] = code;
    length += 1;
  }
  return text.toString('latin1', 0, length);
}

function readCards(bytes: Uint8Array, signs: readonly string[]): string {
  return Array.from({ length: bytes.byteLength / CARD_BYTES }, (_, index) =>
    read(bytes.subarray(index * CARD_BYTES, (index + 1) * CARD_BYTES), signs).trimEnd(),
  ).join('\n');
}
