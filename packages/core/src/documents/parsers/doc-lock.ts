import type { DocLayout } from './doc-layouts.ts';
import { openWithPassword } from './office-passwords.ts';
import { openOldOfficeLock, unlockStretches } from './old-office-lock.ts';
import type { ParserInput } from './parser-input.ts';
import { openXorLock } from './xor-lock.ts';

/** Of the flags in the file's head: locked by laying a password over it, without a cipher, as Word 6 and 95 always do. */
const LAID_OVER = 0x8000;
const FLAGS_AT = 0x0a;
const KEY_AT = 0x0e;
const STRETCH_BYTES = 512;

/** Opens one stream of a document after the other. */
export type DocUnlock = (stream: Buffer) => Buffer;

/**
 * How the streams of a locked document are opened.
 * @param main the first of them, whose head is not locked for so many bytes.
 * @throws AppError `password-required`, `password-wrong` or `corrupt`.
 */
export function openDocLock(
  main: Buffer,
  table: Buffer,
  { isOld }: DocLayout,
  input: Pick<ParserInput, 'fileName' | 'password'>,
): DocUnlock {
  return openWithPassword(input, (password): DocUnlock | undefined => {
    if (!isOld && (main.readUInt16LE(FLAGS_AT) & LAID_OVER) === 0) {
      const lock = openOldOfficeLock(table.subarray(0, main.readUInt32LE(KEY_AT)), password);
      return lock && ((stream) => unlockStretches(lock, stream, STRETCH_BYTES));
    }
    const told = { verifier: main.readUInt16LE(KEY_AT), key: main.readUInt16LE(KEY_AT + 2) };
    const lock = openXorLock('word', told, password);
    return lock && ((stream) => Buffer.from(stream.map((byte, at) => unlessNothing(byte, lock.at(at)))));
  });
}

/** Neither bytes of 0 nor those that would become 0 are changed. */
function unlessNothing(byte: number, laid: number): number {
  return byte === 0 || byte === laid ? byte : byte ^ laid;
}
