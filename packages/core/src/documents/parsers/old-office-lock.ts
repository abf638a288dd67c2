import { hash } from 'node:crypto';

/** Office before 2007 locks a stretch after the other under one key, each from its own number on. */
export interface OldOfficeLock {
  /** What is laid over so many bytes of the stretch of this number. */
  keyStream(stretch: number, length: number): Buffer;
}

/** What is laid over a whole stream that is locked in stretches of one length. */
export function unlockStretches(lock: OldOfficeLock, stream: Buffer, stretchBytes: number): Buffer {
  const opened = Buffer.alloc(stream.byteLength);
  for (let at = 0; at < stream.byteLength; at += stretchBytes) {
    const stretch = stream.subarray(at, at + stretchBytes);
    opened.set(overlay(stretch, lock.keyStream(at / stretchBytes, stretch.byteLength)), at);
  }
  return opened;
}

export function overlay(bytes: Uint8Array, keyStream: Uint8Array): Buffer {
  return Buffer.from(bytes.map((byte, at) => byte ^ (keyStream[at] ?? 0)));
}

const RC4 = 0x6801;
/** The bits that some countries' law once allowed; where a file names none, they are meant. */
const FEW_BITS = 40;
const KEY_BYTES = 16;

/**
 * The lock that `info` tells of ([MS-OFFCRYPTO] 2.3.5 and 2.3.6: RC4, as Office 97 used it or as Office 2002 did). Undefined
 * when the password is another.
 *
 * @throws Error or RangeError when it does not hold what the specification says, or asks for another cipher.
 */
export function openOldOfficeLock(info: Buffer, password: string): OldOfficeLock | undefined {
  const [major, minor] = [info.readUInt16LE(0), info.readUInt16LE(2)];
  if (major === 1 && minor === 1) return open97(info, password);
  if (major >= 2 && major <= 4 && minor === 2) return open2002(info, password);
  throw new Error('The file does not say how it is locked.');
}

function open97(info: Buffer, password: string): OldOfficeLock | undefined {
  const salt = info.subarray(4, 20);
  const first = digest('md5', Buffer.from(password, 'utf16le')).subarray(0, 5);
  const secret = digest('md5', ...Array.from({ length: 16 }, () => [first, salt]).flat()).subarray(0, 5);
  return verified('md5', (stretch) => digest('md5', secret, littleEndian(stretch)), info.subarray(20, 52));
}

function open2002(info: Buffer, password: string): OldOfficeLock | undefined {
  const verifier = info.subarray(12 + info.readUInt32LE(8));
  if (info.readUInt32LE(12 + 8) !== RC4) throw new Error('The file is locked with another cipher.');
  const bits = info.readUInt32LE(12 + 16) || FEW_BITS;
  if (bits % 8 !== 0 || bits > KEY_BYTES * 8) throw new Error('The key of the file has no length.');
  const saltBytes = verifier.readUInt32LE(0);
  const secret = digest('sha1', verifier.subarray(4, 4 + saltBytes), Buffer.from(password, 'utf16le'));
  const keyOf = (stretch: number) => {
    const key = digest('sha1', secret, littleEndian(stretch)).subarray(0, bits / 8);
    return bits === FEW_BITS ? Buffer.concat([key, Buffer.alloc(KEY_BYTES - key.byteLength)]) : key;
  };
  const expected = verifier.subarray(20, 36);
  return verified('sha1', keyOf, Buffer.concat([expected, verifier.subarray(40, 40 + verifier.readUInt32LE(36))]));
}

/** Sixteen bytes, and behind them what they come to: both are locked, as if they were a stretch. */
function verified(algorithm: string, keyOf: (stretch: number) => Buffer, locked: Buffer): OldOfficeLock | undefined {
  const keyStream = (stretch: number, length: number) => rc4(keyOf(stretch), length);
  const opened = overlay(locked, keyStream(0, locked.byteLength));
  const expected = digest(algorithm, opened.subarray(0, 16));
  const isRight = opened.subarray(16, 16 + expected.byteLength).equals(expected);
  return isRight ? { keyStream } : undefined;
}

/** The cipher that OpenSSL no longer has: the bytes that are laid over a text. */
function rc4(key: Buffer, length: number): Buffer {
  const state = Uint8Array.from({ length: 256 }, (_, index) => index);
  const swap = (one: number, other: number) => {
    const [a, b] = [state[one] ?? 0, state[other] ?? 0];
    [state[one], state[other]] = [b, a];
    return a + b;
  };
  for (let i = 0, j = 0; i < 256; i += 1) {
    j = (j + (state[i] ?? 0) + (key[i % key.byteLength] ?? 0)) & 0xff;
    swap(i, j);
  }
  const stream = Buffer.alloc(length);
  for (let n = 0, i = 0, j = 0; n < length; n += 1) {
    i = (i + 1) & 0xff;
    j = (j + (state[i] ?? 0)) & 0xff;
    stream[n] = state[swap(i, j) & 0xff] ?? 0;
  }
  return stream;
}

function digest(algorithm: string, ...parts: Uint8Array[]): Buffer {
  return hash(algorithm, Buffer.concat(parts), 'buffer');
}

function littleEndian(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
