import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { ArchiveError } from '@twin/db/archive/archive-error';

/*
 * An encrypted archive: the magic, 16 bytes of salt, then frames. A frame is its length (4 bytes, the highest bit set in
 * the last one), the bytes encrypted with AES-256-GCM, and their tag. Each has its own number as nonce and its length as
 * authenticated data, so that frames cannot be changed, swapped, left out or cut off unnoticed. The key is scrypt's.
 */

export const ENCRYPTED_MAGIC = Buffer.from('DTARCHIVE-AES256GCM-1\n');
const saltBytes = 16;
const tagBytes = 16;
const frameBytes = 1024 * 1024;
const lastFrame = 0x8000_0000;
/** 64 MB and some 0.2 s for each guess at the passphrase. */
const cost = { N: 2 ** 16, r: 8, p: 1, maxmem: 128 * 1024 * 1024 };

const deriveKey = promisify<string, Buffer, number, typeof cost, Buffer>(scrypt);

/** Encrypts a stream of bytes; memory stays at a frame or two. */
export async function* encryptArchive(
  plain: AsyncIterable<Uint8Array>,
  passphrase: string,
): AsyncGenerator<Uint8Array> {
  const salt = randomBytes(saltBytes);
  const key = await deriveKey(passphrase, salt, 32, cost);
  yield Buffer.concat([ENCRYPTED_MAGIC, salt]);
  let number = 0;
  let waiting: Buffer = Buffer.alloc(0);
  for await (const chunk of plain) {
    waiting = Buffer.concat([waiting, chunk]);
    while (waiting.length > frameBytes) {
      yield encryptFrame(key, number++, waiting.subarray(0, frameBytes), false);
      waiting = waiting.subarray(frameBytes);
    }
  }
  yield encryptFrame(key, number, waiting, true);
}

function encryptFrame(key: Buffer, number: number, plain: Buffer, isLast: boolean): Buffer {
  const length = lengthField(plain.length, isLast);
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(number)).setAAD(length);
  return Buffer.concat([length, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/**
 * Decrypts what `encryptArchive` made; `encrypted` starts behind the magic. Nothing is given out that was not verified.
 * @throws ArchiveError `damaged` for a wrong passphrase, changed bytes or a missing end.
 */
export async function* decryptArchive(
  encrypted: AsyncIterable<Uint8Array>,
  passphrase: string,
): AsyncGenerator<Uint8Array> {
  const reader = createByteReader(encrypted);
  const key = await deriveKey(passphrase, await reader.take(saltBytes), 32, cost);
  for (let number = 0; ; number += 1) {
    const length = await reader.take(4);
    const field = length.readUInt32BE();
    const isLast = field >= lastFrame;
    const bytes = isLast ? field - lastFrame : field;
    if (bytes > frameBytes) throw damaged();
    const body = await reader.take(bytes + tagBytes);
    const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(number)).setAAD(length);
    decipher.setAuthTag(body.subarray(bytes));
    try {
      yield Buffer.concat([decipher.update(body.subarray(0, bytes)), decipher.final()]);
    } catch {
      throw damaged();
    }
    if (isLast) return;
  }
}

function lengthField(length: number, isLast: boolean): Buffer {
  const field = Buffer.alloc(4);
  field.writeUInt32BE(isLast ? length + lastFrame : length);
  return field;
}

/** Never used twice: every archive has a salt, and so a key, of its own. */
function nonceOf(number: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(number, 6, 6);
  return nonce;
}

/** Takes exactly as many bytes as asked for. */
function createByteReader(source: AsyncIterable<Uint8Array>) {
  const iterator = source[Symbol.asyncIterator]();
  let waiting: Buffer = Buffer.alloc(0);
  return {
    async take(count: number): Promise<Buffer> {
      while (waiting.length < count) {
        const next = await iterator.next();
        if (next.done === true) throw damaged();
        waiting = Buffer.concat([waiting, next.value]);
      }
      const taken = waiting.subarray(0, count);
      waiting = waiting.subarray(count);
      return taken;
    },
  };
}

function damaged(): ArchiveError {
  const message = 'The backup cannot be decrypted: another passphrase made it, or it has been changed or cut off.';
  return new ArchiveError('damaged', message, 'Check BACKUP_PASSPHRASE, or take another copy of the backup.');
}
