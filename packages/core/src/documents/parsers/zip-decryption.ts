import { createCipheriv, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import type { ZipEntry } from './zip-directory.ts';

/** How WinZip and 7-Zip lock an entry ([AE-x]); others lock in the way of PKZIP 2. */
export interface ZipAes {
  keyBytes: 16 | 24 | 32;
  /** How the content is compressed. */
  method: number;
  /** In the later version the checksum of the content is left out, as it would tell of it. */
  hasChecksum: boolean;
}

const TEST_BYTES = 2;
const MAC_BYTES = 10;
const ROUNDS = 1000;

/** The compressed content of an entry that is locked with a password; undefined when the password is another. */
export function decryptZipEntry(entry: ZipEntry, locked: Uint8Array, password: string): Buffer | undefined {
  return entry.aes === undefined ? openOld(entry, locked, password) : openAes(entry.aes, Buffer.from(locked), password);
}

function openAes({ keyBytes }: ZipAes, locked: Buffer, password: string): Buffer | undefined {
  const salt = locked.subarray(0, keyBytes / 2);
  const keys = pbkdf2Sync(password, salt, ROUNDS, 2 * keyBytes + TEST_BYTES, 'sha1');
  const test = locked.subarray(salt.byteLength, salt.byteLength + TEST_BYTES);
  if (!test.equals(keys.subarray(2 * keyBytes))) return undefined;
  const content = locked.subarray(salt.byteLength + TEST_BYTES, -MAC_BYTES);
  const mac = createHmac('sha1', keys.subarray(keyBytes, 2 * keyBytes))
    .update(content)
    .digest();
  if (!timingSafeEqual(mac.subarray(0, MAC_BYTES), locked.subarray(-MAC_BYTES))) {
    throw new Error('An entry of the archive is damaged.');
  }
  // The counter starts at 1 and its lowest byte comes first, so that Node's own counter mode does not fit.
  const counters = Buffer.alloc(Math.ceil(content.byteLength / 16) * 16);
  for (let block = 0; block * 16 < counters.byteLength; block += 1) counters.writeUInt32LE(block + 1, block * 16);
  const stream = createCipheriv(`aes-${keyBytes * 8}-ecb`, keys.subarray(0, keyBytes), null).update(counters);
  return Buffer.from(content.map((byte, at) => byte ^ (stream[at] ?? 0)));
}

const HEADER_BYTES = 12;

/** PKWARE's APPNOTE, 6.1: three keys that each byte of the content changes. */
function openOld(entry: ZipEntry, locked: Uint8Array, password: string): Buffer | undefined {
  let [first, second, third] = [0x12345678, 0x23456789, 0x34567890];
  const turn = (byte: number) => {
    first = addToChecksum(first, byte);
    second = (Math.imul(second + (first & 0xff), 134_775_813) + 1) >>> 0;
    third = addToChecksum(third, second >>> 24);
  };
  for (const byte of Buffer.from(password)) turn(byte);
  const opened = Buffer.alloc(locked.byteLength);
  for (const [at, byte] of locked.entries()) {
    const mask = (third | 2) & 0xffff;
    opened[at] = byte ^ ((Math.imul(mask, mask ^ 1) >>> 8) & 0xff);
    turn(opened[at] ?? 0);
  }
  return opened[HEADER_BYTES - 1] === entry.lockTest ? opened.subarray(HEADER_BYTES) : undefined;
}

/** CRC-32 of single bytes, without the inversion before and after. `node:zlib` takes 13 times as long for one byte. */
const checksums = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = (value & 1) === 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function addToChecksum(checksum: number, byte: number): number {
  return ((checksum >>> 8) ^ (checksums[(checksum ^ byte) & 0xff] ?? 0)) >>> 0;
}
