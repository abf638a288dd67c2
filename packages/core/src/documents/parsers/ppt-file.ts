import { unreadable, unsupported } from '../unreadable.ts';
import type { CompoundFile } from './compound-file.ts';
import type { Damage } from './damage.ts';
import { type ArtPicture, artTypes, openArtPictures } from './office-art.ts';
import type { ParserInput } from './parser-input.ts';
import { noPptLock, openPptLock } from './ppt-lock.ts';
import { firstChild, type PptRecord, pptRecordAt, pptTypes, readPptRecords } from './ppt-records.ts';

/** A file for both PowerPoint 95 and 97 keeps what is for the later one in a folder. */
const FOLDER_OF_BOTH = 'PP97_DUALSTORAGE/';
const STREAM_OF_95 = 'PP40';
const ENCRYPTED_TOKEN = 0xf3d1c4df;

export interface PptFile {
  document: PptRecord;
  /** The slide or page of notes with this number, as it was last saved; only once, since none is shown twice. */
  takePersistent(id: number): PptRecord | undefined;
  /** The picture with this number, from 1 on. */
  pictureOf(number: number): ArtPicture | undefined;
  /** How many bytes all pictures take. */
  pictureBytes: number;
  /** Counts what of it is damaged. */
  damage: Damage;
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
 * @param damage counts what of it is cut off.
 * @throws AppError `legacy-office` for one of an older PowerPoint, `password-required`, `password-wrong`, or `corrupt`.
 */
export function openPpt(
  file: CompoundFile,
  input: Pick<ParserInput, 'fileName' | 'password'>,
  damage: Damage,
): PptFile {
  const { fileName } = input;
  if (!hasPpt(file)) throw unsupported(fileName, 'legacy-office');
  const folder = file.has(`${FOLDER_OF_BOTH}PowerPoint Document`) ? FOLDER_OF_BOTH : '';
  const read = (name: string) => Buffer.from((file.read(`${folder}${name}`, damage) ?? new Uint8Array()).buffer);
  const stream = read('PowerPoint Document');
  const user = read('Current User');
  // PowerPoint 95 names its user behind the length of the name, without the head of a record.
  if (user.byteLength >= 4 && user.readUInt32LE(0) + 4 === user.byteLength)
    throw unsupported(fileName, 'legacy-office');
  const edits = listEdits(stream, damage, user.byteLength < 20 ? 0 : user.readUInt32LE(16));
  const places = readPlaces(stream, edits);
  const isLocked = user.byteLength >= 16 && user.readUInt32LE(12) === ENCRYPTED_TOKEN;
  const sessionId = edits.find((edit) => edit.sessionId !== 0)?.sessionId;
  const isOpen = !isLocked && sessionId === undefined && !file.has('EncryptedSummary');
  const sessionAt = places.get(sessionId ?? 0);
  const session = sessionAt === undefined ? undefined : recordWithin(stream, sessionAt);
  const lock = isOpen ? noPptLock : openPptLock(session, input);
  const documentId = edits[0]?.documentId ?? -1;
  const at = places.get(documentId);
  const named = at === undefined ? undefined : damage.attempt(() => lock.recordAt(stream, at, documentId));
  const document = named?.type === pptTypes.document ? named : findLast(stream, pptTypes.document, damage);
  if (document === undefined) throw unreadable(fileName, 'corrupt');
  const pictures = read('Pictures');
  const list = firstChild(firstChild(firstChild(document, pptTypes.drawings), artTypes.shared), artTypes.pictures);
  let bytesLeft = stream.byteLength;
  return {
    document,
    damage,
    pictureOf: openArtPictures(list, (place) =>
      place + 8 > pictures.byteLength ? undefined : lock.pictureAt(pictures, place),
    ),
    pictureBytes: pictures.byteLength,
    takePersistent(id) {
      const place = places.get(id);
      places.delete(id);
      return place === undefined || place + 8 > stream.byteLength ? undefined : lock.recordAt(stream, place, id);
    },
    textOf({ type, content }) {
      bytesLeft -= content.byteLength;
      if (bytesLeft < 0) throw unreadable(fileName, 'corrupt');
      return content.toString(type === pptTypes.narrowText ? 'latin1' : 'utf16le');
    },
  };
}

/** What nothing names any more, by how the records stand in the file. */
function findLast(stream: Buffer, type: number, damage: Damage): PptRecord | undefined {
  damage.add();
  return [...readPptRecords(stream)].findLast((record) => record.type === type);
}

function recordWithin(stream: Buffer, place: number): PptRecord | undefined {
  return place + 8 > stream.byteLength ? undefined : pptRecordAt(stream, place);
}

interface Edit {
  /** Where what was saved before that stands. */
  before: number;
  documentId: number;
  directoryAt: number;
  /** Of what tells how it is locked; 0 for none. */
  sessionId: number;
}

/** What was saved at each time, the last first: by what each says of the one before, or, where that is damaged, by how they stand. */
function listEdits(stream: Buffer, damage: Damage, lastAt: number): Edit[] {
  const edits: Edit[] = [];
  const seen = new Set<number>();
  for (let at = lastAt; at > 0 && at + 8 <= stream.byteLength && !seen.has(at); ) {
    seen.add(at);
    const record = pptRecordAt(stream, at);
    const edit = record.type === pptTypes.edit ? damage.attempt(() => readEdit(record)) : undefined;
    if (edit === undefined) break;
    edits.push(edit);
    at = edit.before;
  }
  if (edits.length > 0) return edits;
  return [...readPptRecords(stream)]
    .filter(({ type }) => type === pptTypes.edit)
    .flatMap((record) => damage.attempt(() => readEdit(record)) ?? [])
    .toReversed();
}

function readEdit({ content }: PptRecord): Edit {
  return {
    before: content.readUInt32LE(8),
    directoryAt: content.readUInt32LE(12),
    documentId: content.readUInt32LE(16),
    sessionId: content.byteLength >= 32 ? content.readUInt32LE(28) : 0,
  };
}

/** Where in the stream each numbered record stands; what was saved last is in force ([MS-PPT] 2.3.5). */
function readPlaces(stream: Buffer, edits: readonly Edit[]): Map<number, number> {
  const places = new Map<number, number>();
  for (const { directoryAt } of edits.toReversed()) {
    const directory = recordWithin(stream, directoryAt);
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
