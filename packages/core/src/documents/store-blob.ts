import { createHash } from 'node:crypto';
import type { Db } from '@twin/db/db';
import { BLOB_PART_BYTES, insertBlob, insertBlobPart } from '@twin/db/queries/blobs';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import type { FileContent } from './accept-document.ts';

export interface ReceivedFile {
  file: FileContent;
  byteSize: number;
  contentSha256: Uint8Array;
}

/**
 * Streams bytes into a new blob, holding one part in memory: what is shorter than a part is held until it is accepted, and
 * stored with the document. The blob stays in state `receiving` until then; `onStart` is told of it as soon as it is there.
 * @throws AppError `too-large` as soon as the limit is passed, `invalid-input` when there are no bytes.
 */
export async function storeBlob(
  db: Db,
  scope: TwinScope,
  file: { fileName: string; content: AsyncIterable<Uint8Array>; bytesMax: number },
  onStart: (blobId: string) => void = () => undefined,
): Promise<ReceivedFile> {
  const hash = createHash('sha256');
  let blobId: string | undefined;
  let held: Uint8Array | undefined;
  let byteSize = 0;
  let partNumber = 0;
  for await (const bytes of inParts(file.content)) {
    byteSize += bytes.byteLength;
    if (byteSize > file.bytesMax) throw tooLarge(file.fileName, file.bytesMax);
    hash.update(bytes);
    if (blobId === undefined && bytes.byteLength < BLOB_PART_BYTES) {
      // Only the last part is shorter than the others.
      held = bytes;
    } else if (blobId === undefined) {
      blobId = await insertBlob(db, scope, bytes);
      onStart(blobId);
    } else {
      partNumber += 1;
      await insertBlobPart(db, scope, { blobId, partNumber, bytes });
    }
  }
  const contentSha256 = hash.digest();
  if (blobId !== undefined) return { file: { blobId }, byteSize, contentSha256 };
  if (held === undefined) {
    throw new AppError('invalid-input', `“${file.fileName}” is empty. Check that you chose the right file.`, {
      reason: 'empty',
    });
  }
  return { file: { bytes: held }, byteSize, contentSha256 };
}

function tooLarge(fileName: string, bytesMax: number): AppError {
  const megabytes = Math.floor(bytesMax / 1024 / 1024);
  return new AppError('too-large', `“${fileName}” is larger than ${megabytes} MB. Split it and upload the parts.`);
}

/**
 * The same bytes in parts of one size, the last one aside. A part holds until the next is asked for: its memory is used
 * again, since what is left for the garbage collector is only collected after tens of megabytes.
 */
async function* inParts(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const part = Buffer.allocUnsafe(BLOB_PART_BYTES);
  let filled = 0;
  for await (const bytes of content) {
    let taken = 0;
    while (taken < bytes.byteLength) {
      const count = Math.min(BLOB_PART_BYTES - filled, bytes.byteLength - taken);
      part.set(bytes.subarray(taken, taken + count), filled);
      filled += count;
      taken += count;
      if (filled === BLOB_PART_BYTES) {
        yield part;
        filled = 0;
      }
    }
  }
  if (filled > 0) yield part.subarray(0, filled);
}
