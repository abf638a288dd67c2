/** How Office locked files before it had ciphers ([MS-OFFCRYPTO] 2.3.7): sixteen bytes, laid over and over again. */
export interface XorLock {
  /** What is laid over the byte at this place, counted from where the stream or the record says. */
  at(place: number): number;
}

/** What stands behind a shorter password. */
const filling = Buffer.from('bbffffbaffffb98000be0f00bf0f00', 'hex');
const KEY_BYTES = 16;
const PASSWORD_BYTES_MAX = 15;
/** By how many bits each program turns the bytes. */
const turns = { word: 7, excel: 2 };

/**
 * @param key of the password, as the file tells it, and what else it tells of it.
 * @returns undefined when the password is another.
 */
export function openXorLock(
  program: keyof typeof turns,
  { key, verifier }: { key: number; verifier: number },
  password: string,
): XorLock | undefined {
  const letters = Buffer.from(
    Array.from(password.slice(0, PASSWORD_BYTES_MAX), (letter) => {
      const code = letter.charCodeAt(0);
      return (code & 0xff) === 0 ? code >> 8 : code & 0xff;
    }),
  );
  if (letters.byteLength === 0 || keyOf(letters) !== key || verifierOf(letters) !== verifier) return undefined;
  const bytes = Buffer.concat([letters, filling])
    .subarray(0, KEY_BYTES)
    .map((byte, index) => turned(byte ^ ((key >> (8 * (index % 2))) & 0xff), turns[program], 8));
  return { at: (place) => bytes[place % KEY_BYTES] ?? 0 };
}

function keyOf(letters: Buffer): number {
  let key = 0;
  let [base, end] = [0x8000, 0xffff];
  const next = (value: number) => {
    const after = turned(value, 1, 16);
    return (after & 1) === 1 ? after ^ 0x1020 : after;
  };
  for (const letter of letters.toReversed()) {
    for (let bit = 0; bit < 8; bit += 1) {
      [base, end] = [next(base), next(end)];
      // The highest bit of a letter does not count.
      if (bit < 7 && ((letter >> bit) & 1) === 1) key ^= base;
    }
  }
  return key ^ end;
}

function verifierOf(letters: Buffer): number {
  return letters.reduce(
    (sum, letter, index) => sum ^ turned(letter, (index + 1) % 15, 15),
    letters.byteLength ^ 0xce4b,
  );
}

/** The number of so many bits, turned to the left. */
export function turned(value: number, by: number, bits: number): number {
  return ((value << by) | (value >> (bits - by))) & (2 ** bits - 1);
}
