import { createDecipheriv, hash } from 'node:crypto';
import { attributeOf, descendants, parseMarkup, type XmlElement } from './xml-tree.ts';

/** Office makes 100,000 rounds; a file that asks for more than this would only keep its reader busy. */
const ROUNDS_MAX = 10_000_000;
const SEGMENT_BYTES = 4096;
/** What each key is for ([MS-OFFCRYPTO] 2.3.4.13). */
const purposes = { verifier: 'fea7d2763b4b9e79', verifierHash: 'd7aa0f6d3061344e', packageKey: '146e0be7abacd0d6' };

/**
 * The file inside of an Office file that is locked with a password, as Office 2007 (“standard”) and later ones (“agile”)
 * lock it: `info` and `locked` are the streams EncryptionInfo and EncryptedPackage. Undefined when the password is another.
 *
 * @throws Error or RangeError when the streams do not hold what [MS-OFFCRYPTO] says, or ask for another cipher than AES.
 */
export function decryptOfficePackage(info: Buffer, locked: Buffer, password: string): Buffer | undefined {
  const isAgile = info.readUInt16LE(0) === 4 && info.readUInt16LE(2) === 4;
  const opened = isAgile ? openAgile(info, locked, password) : openStandard(info, locked, password);
  return opened?.subarray(0, Number(locked.readBigUInt64LE(0)));
}

function openAgile(info: Buffer, locked: Buffer, password: string): Buffer | undefined {
  const root = parseMarkup(info.subarray(8));
  const [data, key] = root === undefined ? [] : [...descendants(root, 'keyData'), ...descendants(root, 'encryptedKey')];
  if (data === undefined || key === undefined) throw new Error('The file does not say how it is locked.');
  const { algorithm, keyBytes, salt } = readParameters(key);
  const passwordHash = hashPassword({ algorithm, salt, password, rounds: Number(attributeOf(key, 'spinCount')) });
  const open = (purpose: keyof typeof purposes, name: string) => {
    const secret = digest(algorithm, passwordHash, Buffer.from(purposes[purpose], 'hex'));
    return decipher('cbc', fit(secret, keyBytes), bytesOf(key, name), salt);
  };
  const expected = digest(algorithm, open('verifier', 'encryptedVerifierHashInput').subarray(0, salt.byteLength));
  if (!open('verifierHash', 'encryptedVerifierHashValue').subarray(0, expected.byteLength).equals(expected))
    return undefined;
  const packageKey = open('packageKey', 'encryptedKeyValue').subarray(0, keyBytes);
  const content = readParameters(data);
  const segments: Buffer[] = [];
  for (let at = 8; at < locked.byteLength; at += SEGMENT_BYTES) {
    const start = digest(content.algorithm, content.salt, littleEndian(segments.length));
    const segment = locked.subarray(at, at + SEGMENT_BYTES);
    segments.push(
      decipher('cbc', packageKey, segment.subarray(0, segment.byteLength - (segment.byteLength % 16)), start),
    );
  }
  return Buffer.concat(segments);
}

function readParameters(element: XmlElement) {
  const algorithm = (attributeOf(element, 'hashAlgorithm') ?? '').toLowerCase().replace('-', '');
  if (attributeOf(element, 'cipherAlgorithm') !== 'AES') throw new Error('The file is locked with another cipher.');
  return { algorithm, keyBytes: Number(attributeOf(element, 'keyBits')) / 8, salt: bytesOf(element, 'saltValue') };
}

function openStandard(info: Buffer, locked: Buffer, password: string): Buffer | undefined {
  const headerEnd = 12 + info.readUInt32LE(8);
  const keyBytes = info.readUInt32LE(12 + 16) / 8;
  const verifier = info.subarray(headerEnd + 4);
  const salt = verifier.subarray(0, 16);
  const passwordHash = hashPassword({ algorithm: 'sha1', salt, password, rounds: 50_000 });
  const key = deriveStandardKey(digest('sha1', passwordHash, littleEndian(0)), keyBytes);
  const expected = digest('sha1', decipher('ecb', key, verifier.subarray(16, 32)));
  const found = decipher('ecb', key, verifier.subarray(36, 68)).subarray(0, expected.byteLength);
  const content = locked.subarray(8);
  return found.equals(expected)
    ? decipher('ecb', key, content.subarray(0, content.byteLength - (content.byteLength % 16)))
    : undefined;
}

function deriveStandardKey(secret: Buffer, keyBytes: number): Buffer {
  const half = (fill: number) =>
    digest(
      'sha1',
      Buffer.alloc(64, fill).map((byte, at) => byte ^ (secret[at] ?? 0)),
    );
  return Buffer.concat([half(0x36), half(0x5c)]).subarray(0, keyBytes);
}

interface PasswordHash {
  algorithm: string;
  salt: Buffer;
  password: string;
  rounds: number;
}

function hashPassword({ algorithm, salt, password, rounds }: PasswordHash): Buffer {
  if (!(rounds <= ROUNDS_MAX)) throw new RangeError('The file asks for too many rounds.');
  let secret = digest(algorithm, salt, Buffer.from(password, 'utf16le'));
  for (let round = 0; round < rounds; round += 1) secret = digest(algorithm, littleEndian(round), secret);
  return secret;
}

function digest(algorithm: string, ...parts: Uint8Array[]): Buffer {
  return hash(algorithm, Buffer.concat(parts), 'buffer');
}

/** Keys and start values are cut or filled up to the length that is asked for. */
function fit(bytes: Buffer, length: number): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(length, 0x36)]).subarray(0, length);
}

function decipher(mode: 'cbc' | 'ecb', key: Buffer, bytes: Buffer, start?: Buffer): Buffer {
  const iv = start === undefined ? null : fit(start, 16);
  const cipher = createDecipheriv(`aes-${key.byteLength * 8}-${mode}`, key, iv).setAutoPadding(false);
  return Buffer.concat([cipher.update(bytes), cipher.final()]);
}

function bytesOf(element: XmlElement, name: string): Buffer {
  return Buffer.from(attributeOf(element, name) ?? '', 'base64');
}

function littleEndian(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
