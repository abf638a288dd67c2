import { unreadable, unsupported } from '../unreadable.ts';
import type { CompoundFile } from './compound-file.ts';
import { type PptRecord, pptRecordAt, pptTypes, readPptRecords } from './ppt-records.ts';

/** A file for both PowerPoint 95 and 97 keeps what is for the later one in a folder. */
const FOLDER_OF_BOTH = 'PP97_DUALSTORAGE/';
const STREAM_OF_95 = 'PP40';
const ENCRYPTED_TOKEN = 0xf3d1c4df;

export interface PptFile {
  document: PptRecord;
  /** The slide or page of notes with this number, as it was last saved; only once, since none is shown twice. */
  takePersistent(id: number): PptRecord | undefined;
  /** The characters of a record of text. @throws AppError `corrupt` when more are asked for than the file has bytes. */
  textOf(record: PptRecord): string;
}

/** Whether this is a presentation of PowerPoint 97 to 2003, locked or not. */
export function hasPpt(file: CompoundFile): boolean {
  if (file.has(`${FOLDER_OF_BOTH}PowerPoint Document`)) return true;
  return file.has('PowerPoint Document') && !file.has(STREAM_OF_95);
}

/**
 * Opens a presentation of PowerPoint 97 to 2003.
 * @throws AppError `legacy-office` for one of an older PowerPoint, `password-protected`, or `corrupt`.
 */
export function openPpt(file: CompoundFile, fileName: string): PptFile {
  if (!hasPpt(file)) throw unsupported(fileName, 'legacy-office');
  const folder = file.has(`${FOLDER_OF_BOTH}PowerPoint Document`) ? FOLDER_OF_BOTH : '';
  const stream = Buffer.from(file.read(`${folder}PowerPoint Document`) ?? []);
  const user = Buffer.from(file.read(`${folder}Current User`) ?? []);
  // PowerPoint 95 names its user behind the length of the name, without the head of a record.
  if (user.byteLength >= 4 && user.readUInt32LE(0) + 4 === user.byteLength)
    throw unsupported(fileName, 'legacy-office');
  const isLocked = user.byteLength >= 16 && user.readUInt32LE(12) === ENCRYPTED_TOKEN;
  const edits = listEdits(stream, user.byteLength < 20 ? 0 : user.readUInt32LE(16));
  if (isLocked || file.has('EncryptedSummary') || edits.some(({ isEncrypted }) => isEncrypted)) {
    throw unreadable(fileName, 'password-protected');
  }
  const places = readPlaces(stream, edits);
  const at = places.get(edits[0]?.documentId ?? -1);
  const document = at === undefined ? undefined : pptRecordAt(stream, at);
  if (document?.type !== pptTypes.document) throw unreadable(fileName, 'corrupt');
  let bytesLeft = stream.byteLength;
  return {
    document,
    takePersistent(id) {
      const place = places.get(id);
      places.delete(id);
      return place === undefined || place + 8 > stream.byteLength ? undefined : pptRecordAt(stream, place);
    },
    textOf({ type, content }) {
      bytesLeft -= content.byteLength;
      if (bytesLeft < 0) throw unreadable(fileName, 'corrupt');
      return content.toString(type === pptTypes.narrowText ? 'latin1' : 'utf16le');
    },
  };
}

interface Edit {
  documentId: number;
  directoryAt: number;
  isEncrypted: boolean;
}

/** What was saved at each time, the last first: by what each says of the one before, or, where that is damaged, by how they stand. */
function listEdits(stream: Buffer, lastAt: number): Edit[] {
  const edits: Edit[] = [];
  const seen = new Set<number>();
  for (let at = lastAt; at > 0 && at + 8 <= stream.byteLength && !seen.has(at); ) {
    seen.add(at);
    const record = pptRecordAt(stream, at);
    if (record.type !== pptTypes.edit) break;
    edits.push(readEdit(record));
    at = record.content.readUInt32LE(8);
  }
  if (edits.length > 0) return edits;
  return [...readPptRecords(stream)]
    .filter(({ type }) => type === pptTypes.edit)
    .map(readEdit)
    .toReversed();
}

function readEdit({ content }: PptRecord): Edit {
  return {
    directoryAt: content.readUInt32LE(12),
    documentId: content.readUInt32LE(16),
    isEncrypted: content.byteLength >= 32 && content.readUInt32LE(28) !== 0,
  };
}

/** Where in the stream each numbered record stands; what was saved last is in force ([MS-PPT] 2.3.5). */
function readPlaces(stream: Buffer, edits: readonly Edit[]): Map<number, number> {
  const places = new Map<number, number>();
  for (const { directoryAt } of edits.toReversed()) {
    const directory = directoryAt + 8 > stream.byteLength ? undefined : pptRecordAt(stream, directoryAt);
    if (directory?.type !== pptTypes.persistDirectory) continue;
    const { content } = directory;
    for (let at = 0; at + 4 <= content.byteLength; ) {
      const entry = content.readUInt32LE(at);
      const [first, count] = [entry & 0xfffff, entry >>> 20];
      at += 4;
      for (let index = 0; index < count && at + 4 <= content.byteLength; index += 1, at += 4) {
        places.set(first + index, content.readUInt32LE(at));
      }
    }
  }
  return places;
}
