import { unreadable } from '../unreadable.ts';
import { openWithPassword } from './office-passwords.ts';
import { type OldOfficeLock, openOldOfficeLock, overlay } from './old-office-lock.ts';
import type { ParserInput } from './parser-input.ts';
import { type PptRecord, pptRecordAt } from './ppt-records.ts';

const HEAD_BYTES = 8;
const DIGEST_BYTES = 16;
const SESSION = 0x2f14;

/** Reads records of a presentation, each of which is locked by itself, as one stretch. */
export interface PptLock {
  /** The numbered record at this place. */
  recordAt(stream: Buffer, place: number, id: number): PptRecord;
  /** The record of a picture at this place. */
  pictureAt(stream: Buffer, place: number): PptRecord;
}

/** What a presentation is that is not locked. */
export const noPptLock: PptLock = { recordAt: pptRecordAt, pictureAt: pptRecordAt };

/**
 * @param session what tells how the presentation is locked.
 * @throws AppError `password-required`, `password-wrong`, `corrupt`, or `password-protected` where nothing tells how.
 */
export function openPptLock(
  session: PptRecord | undefined,
  input: Pick<ParserInput, 'fileName' | 'password'>,
): PptLock {
  if (session?.type !== SESSION) throw unreadable(input.fileName, 'password-protected');
  const lock = openWithPassword(input, (password) => openOldOfficeLock(session.content, password));
  const opened = new Map<Buffer, number>();
  const take = (stream: Buffer, bytes: number) => {
    const sum = (opened.get(stream) ?? 0) + bytes;
    opened.set(stream, sum);
    // Records that stand in each other would keep a reader busy for any time.
    if (sum > 2 * stream.byteLength) throw unreadable(input.fileName, 'corrupt');
  };
  return {
    recordAt(stream, place, id) {
      const bytes = lockedBytes(lock, stream, place, id);
      take(stream, bytes.byteLength);
      return pptRecordAt(overlay(bytes, lock.keyStream(id, bytes.byteLength)), 0);
    },
    pictureAt(stream, place) {
      const bytes = lockedBytes(lock, stream, place, 0);
      take(stream, bytes.byteLength);
      return pptRecordAt(unlockPicture(lock, bytes), 0);
    },
  };
}

/** A record with its head, which tells its length. */
function lockedBytes(lock: OldOfficeLock, stream: Buffer, place: number, id: number): Buffer {
  const head = overlay(stream.subarray(place, place + HEAD_BYTES), lock.keyStream(id, HEAD_BYTES));
  return stream.subarray(place, place + HEAD_BYTES + head.readUInt32LE(4));
}

/** Its head, each digest, the byte behind them and the picture begin the stretch anew. */
function unlockPicture(lock: OldOfficeLock, bytes: Buffer): Buffer {
  const pieces: Buffer[] = [];
  let at = 0;
  const take = (length: number) => {
    const piece = bytes.subarray(at, at + length);
    at += piece.byteLength;
    const opened = overlay(piece, lock.keyStream(0, piece.byteLength));
    pieces.push(opened);
    return opened;
  };
  const hasTwoDigests = ((take(HEAD_BYTES).readUInt16LE(0) >> 4) & 1) === 1;
  take(DIGEST_BYTES);
  if (hasTwoDigests) take(DIGEST_BYTES);
  take(1);
  take(bytes.byteLength - at);
  return Buffer.concat(pieces);
}
