import { argon2Sync, createDecipheriv, hash, pbkdf2Sync } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { unreadable } from '../unreadable.ts';
import type { ParserInput } from './parser-input.ts';
import { takeFromBudget } from './read-budget.ts';
import { attributeOf, descendants, firstDescendant, readXmlPart, type XmlElement } from './xml-tree.ts';
import { openZip, type ZipArchive } from './zip-archive.ts';

/** What LibreOffice asks for is far below; a file that asks for more would only keep its reader busy. */
const ROUNDS_MAX = 10_000_000;
const ARGON2_MAX = { memoryKb: 256 * 1024, passes: 16, lanes: 16 };
/** The one part of a file that is locked as a whole, as LibreOffice has done since 2024. */
const WHOLE = 'encrypted-package';

/**
 * The parts of an OpenDocument file, those that are locked opened with the password as they are read. They are not
 * zip-encrypted: the manifest says how each was made unreadable (ODF 1.3, part 2, 3.4).
 *
 * @throws AppError `password-required`; each read `password-wrong`, `password-protected` for a cipher that is not known, or
 * what reading an archive throws.
 */
export function openOpenDocument(input: ParserInput): ZipArchive {
  const { fileName, password } = input;
  const archive = openZip(input);
  const locks = listLocks(archive, fileName);
  if (locks.size === 0) return archive;
  if (password === undefined) throw unreadable(fileName, 'password-required');
  const read = (path: string): Uint8Array<ArrayBuffer> | undefined => {
    const bytes = archive.read(path);
    const lock = locks.get(path);
    return bytes === undefined || lock === undefined ? bytes : unlock(bytes, lock, { ...input, password });
  };
  const whole = locks.has(WHOLE) ? read(WHOLE) : undefined;
  return whole === undefined ? { ...archive, read } : openZip({ ...input, bytes: whole });
}

/** The manifest's entries of locked parts, by path. */
function listLocks(archive: ZipArchive, fileName: string): Map<string, XmlElement> {
  const manifest = readXmlPart(archive, 'META-INF/manifest.xml', fileName);
  const entries = manifest === undefined ? [] : [...descendants(manifest, 'file-entry')];
  const locked = entries.filter((entry) => firstDescendant(entry, 'encryption-data') !== undefined);
  return new Map(locked.map((entry) => [attributeOf(entry, 'full-path') ?? '', entry]));
}

type Unlocking = Pick<ParserInput, 'fileName' | 'budget'> & { password: string };

function unlock(bytes: Uint8Array, entry: XmlElement, { fileName, budget, password }: Unlocking) {
  const setting = (element: string, name: string) => attributeOf(firstDescendant(entry, element) ?? entry, name) ?? '';
  const cipher = /aes(128|192|256)-(cbc|gcm)$/.exec(setting('algorithm', 'algorithm-name'));
  if (cipher === null) throw unreadable(fileName, 'password-protected');
  const inflatedBytes = Number(attributeOf(entry, 'size') ?? 0);
  takeFromBudget(budget, { inflatedBytesLeft: inflatedBytes }, fileName);
  const key = deriveKey(setting, password, fileName);
  try {
    const opened = decipher(
      cipher[2] === 'gcm',
      key,
      Buffer.from(setting('algorithm', 'initialisation-vector'), 'base64'),
      bytes,
    );
    return new Uint8Array(inflateRawSync(opened, { maxOutputLength: Math.max(1, inflatedBytes) }));
  } catch (error) {
    // Another password makes noise of the part, which is no compressed content.
    throw unreadable(fileName, 'password-wrong', error);
  }
}

type Setting = (element: string, name: string) => string;

function deriveKey(setting: Setting, password: string, fileName: string): Buffer {
  const start = /sha256$/i.test(setting('start-key-generation', 'start-key-generation-name')) ? 'sha256' : 'sha1';
  const message = hash(start, password, 'buffer');
  const nonce = Buffer.from(setting('key-derivation', 'salt'), 'base64');
  const tagLength = Number(setting('key-derivation', 'key-size')) || 32;
  const number = (name: string) => Number(setting('key-derivation', name));
  if (!setting('key-derivation', 'key-derivation-name').endsWith('argon2id')) {
    const rounds = number('iteration-count');
    if (!(rounds >= 1 && rounds <= ROUNDS_MAX)) throw unreadable(fileName, 'corrupt');
    return pbkdf2Sync(message, nonce, rounds, tagLength, 'sha1');
  }
  const [memory, passes, parallelism] = [number('argon2-memory'), number('argon2-iterations'), number('argon2-lanes')];
  if (!(memory <= ARGON2_MAX.memoryKb && passes <= ARGON2_MAX.passes && parallelism <= ARGON2_MAX.lanes)) {
    throw unreadable(fileName, 'corrupt');
  }
  return argon2Sync('argon2id', { message, nonce, memory, passes, parallelism, tagLength });
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

function decipher(isAuthenticated: boolean, key: Buffer, iv: Buffer, bytes: Uint8Array): Buffer {
  if (isAuthenticated) {
    // The nonce stands before the content as well, and what proves it whole behind it.
    const cipher = createDecipheriv(`aes-${(key.byteLength * 8) as 256}-gcm`, key, iv, { authTagLength: TAG_BYTES });
    cipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    return Buffer.concat([cipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), cipher.final()]);
  }
  const cipher = createDecipheriv(`aes-${key.byteLength * 8}-cbc`, key, iv).setAutoPadding(false);
  const padded = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return padded.subarray(0, padded.byteLength - (padded.at(-1) ?? 0));
}
