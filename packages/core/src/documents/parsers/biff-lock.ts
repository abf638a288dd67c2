import { openWithPassword } from './office-passwords.ts';
import { openOldOfficeLock, unlockStretches } from './old-office-lock.ts';
import type { ParserInput } from './parser-input.ts';
import { openXorLock, turned } from './xor-lock.ts';

const STRETCH_BYTES = 1024;
const HEADER_BYTES = 4;
const BOUND_SHEET = 0x85;
/** Where the sheet stands is told at the beginning of that record, and is not locked. */
const PLACE_BYTES = 4;
/** Records that are never locked: what tells of the lock, who has the file open, and how revisions are kept ([MS-XLS] 2.2.10). */
const openRecords = new Set([0x809, 0x2f, 0x194, 0x195, 0xe1, 0x196, 0x138]);
const RC4 = 1;
/** By which XOR turns the bits of what Excel locks, beside what it lays over them. */
const TURN = 3;

/**
 * The stream of a workbook without its lock, which its record FilePass tells of; what was not locked stays as it is.
 * @throws AppError `password-required`, `password-wrong` or `corrupt`.
 */
export function unlockBiff(
  stream: Buffer,
  filePass: Buffer,
  isUnicode: boolean,
  input: Pick<ParserInput, 'fileName' | 'password'>,
): Buffer {
  return openWithPassword(input, (password) => {
    if (isUnicode && filePass.readUInt16LE(0) === RC4) {
      const lock = openOldOfficeLock(filePass.subarray(2), password);
      const opened = lock && unlockStretches(lock, stream, STRETCH_BYTES);
      return opened && mapRecords(stream, (data, at) => opened.subarray(at, at + data.byteLength));
    }
    const at = isUnicode ? 2 : 0;
    const told = { key: filePass.readUInt16LE(at), verifier: filePass.readUInt16LE(at + 2) };
    const lock = openXorLock('excel', told, password);
    return (
      lock &&
      mapRecords(stream, (data, at, length) => data.map((byte, n) => turned(byte, TURN, 8) ^ lock.at(at + length + n)))
    );
  });
}

/** Each record by what `unlock` makes of it: its bytes, where they stand in the stream, and how long the record is. */
function mapRecords(stream: Buffer, unlock: (data: Buffer, at: number, recordBytes: number) => Uint8Array): Buffer {
  const opened = Buffer.from(stream);
  for (let at = 0; at + HEADER_BYTES <= stream.byteLength; ) {
    const [type, recordBytes] = [stream.readUInt16LE(at), stream.readUInt16LE(at + 2)];
    const start = at + HEADER_BYTES + (type === BOUND_SHEET ? PLACE_BYTES : 0);
    at += HEADER_BYTES + recordBytes;
    if (!openRecords.has(type) && start < at) opened.set(unlock(stream.subarray(start, at), start, recordBytes), start);
  }
  return opened;
}
