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
/** Files without line ends are cards of 80 characters, one behind the other. */
const CARD_CHARACTERS = 80;

/** Text in EBCDIC, which no decoder of the platform knows and nothing marks, as it shows by its spaces, letters and vowels; else undefined. */
export function decodeEbcdic(bytes: Uint8Array): string | undefined {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  if (!looksLikeEbcdic(sample)) return undefined;
  const signs = readSigns(sample);
  let text = '';
  for (const byte of bytes) text += signs[byte] ?? '';
  return text.includes('\n') || text.includes('\r') ? text : inCards(text);
}

function looksLikeEbcdic(sample: Uint8Array): boolean {
  if (sample.byteLength < BYTES_MIN) return false;
  const counts = countBytes(sample);
  const signs = readSignsOf(new Map());
  const count = (wanted: RegExp) =>
    signs.reduce((sum, sign, byte) => sum + (wanted.test(sign) ? (counts[byte] ?? 0) : 0), 0);
  const strange = (counts[0x20] ?? 0) + (counts[0x0a] ?? 0) + (counts[0] ?? 0);
  const all = sample.byteLength;
  if (strange > all * STRANGE_SHARE_MAX || (counts[FIRST] ?? 0) < all * SPACE_SHARE_MIN) return false;
  const letters = count(/[a-z]/i);
  if (count(/[\p{L}\d\s_.,;:'"()/+*=-]/u) < all * PLAIN_SHARE_MIN) return false;
  return letters > count(/\p{L}/u) * LATIN_SHARE_MIN && count(/[aeiou]/i) > letters * VOWEL_SHARE_MIN;
}

function countBytes(bytes: Uint8Array): number[] {
  const counts = Array<number>(256).fill(0);
  for (const byte of bytes) counts[byte] = (counts[byte] ?? 0) + 1;
  return counts;
}

function readSignsOf(variant: ReadonlyMap<number, string>): string[] {
  return Array.from(
    { length: 256 },
    (_, byte) => variant.get(byte) ?? controls.get(byte) ?? characters.charAt(byte - FIRST),
  );
}

/** Of the pages that differ in brackets and marks, the one in which more of these are of those that people write. */
function readSigns(sample: Uint8Array): string[] {
  const counts = countBytes(sample);
  let best = { signs: readSignsOf(new Map()), score: Number.NEGATIVE_INFINITY };
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

function inCards(text: string): string {
  if (text.length % CARD_CHARACTERS !== 0) return text;
  return Array.from({ length: text.length / CARD_CHARACTERS }, (_, index) =>
    text.slice(index * CARD_CHARACTERS, (index + 1) * CARD_CHARACTERS).trimEnd(),
  ).join('\n');
}
