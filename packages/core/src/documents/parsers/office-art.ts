import { firstChild, type PptRecord, pptRecordAt, readPptRecords } from './ppt-records.ts';

/** What Office before 2007 draws ([MS-ODRAW]) is records as those of a presentation, in all of its programs. */
export const artTypes = {
  shared: 0xf000,
  pictures: 0xf001,
  drawing: 0xf002,
  group: 0xf003,
  shape: 0xf004,
  picture: 0xf007,
  shapeKind: 0xf00a,
  properties: 0xf00b,
  text: 0xf00d,
  childAnchor: 0xf00f,
  anchor: 0xf010,
  data: 0xf011,
  moreProperties: 0xf122,
} as const;

/** What is longer than its entry, without its name, is followed by the picture itself. */
const ENTRY_BYTES = 36;
const RECORD_HEAD_BYTES = 8;
const GROUPS_NESTING_MAX = 100;
const PICTURE_NUMBER = 0x0104;

/** By the types of records; metafiles are drawings of lines and letters. */
const kinds = new Map([
  [0xf01a, 'emf'],
  [0xf01b, 'wmf'],
  [0xf01c, 'pict'],
  [0xf01d, 'jpg'],
  [0xf01e, 'png'],
  [0xf01f, 'bmp'],
  [0xf029, 'tif'],
  [0xf02a, 'jpg'],
]);

export interface ArtPicture {
  /** As the name of a file ends that holds such a picture. */
  kind: string;
  bytes: Buffer;
}

/** The record at a place of the stream in which pictures stand that are not in the list itself. */
export type LaterPicture = (place: number) => PptRecord | undefined;

/** The picture in a record of one, or of an entry in the list of pictures; undefined where it is of another type. */
export function readArtPicture(record: PptRecord, laterAt: LaterPicture = () => undefined): ArtPicture | undefined {
  const { type, instance, content } = record;
  if (type === artTypes.picture) {
    const at = ENTRY_BYTES + content.readUInt8(33);
    const isInside = at + RECORD_HEAD_BYTES <= content.byteLength;
    const held = isInside ? pptRecordAt(content, at) : laterAt(content.readUInt32LE(28));
    return held === undefined || held.type === type ? undefined : readArtPicture(held);
  }
  const kind = kinds.get(type);
  if (kind === undefined) return undefined;
  // One digest of it or two, and what it is for.
  const bytes = content.subarray((instance & 1) === 0 ? 17 : 33);
  return { kind, bytes: kind === 'bmp' ? Buffer.concat([bitmapHead(bytes), bytes]) : bytes };
}

/** The head that a file has before a bitmap in memory: above all, where its pixels begin. */
function bitmapHead(bitmap: Buffer): Buffer {
  const headBytes = bitmap.readUInt32LE(0);
  const isOldest = headBytes === 12;
  const bits = bitmap.readUInt16LE(isOldest ? 10 : 14);
  const named = isOldest ? 0 : bitmap.readUInt32LE(32);
  const colours = bits > 8 ? named : named || 2 ** bits;
  const masks = headBytes === 40 && bitmap.readUInt32LE(16) === 3 ? 12 : 0;
  const head = Buffer.alloc(14);
  head.write('BM', 'latin1');
  head.writeUInt32LE(14 + bitmap.byteLength, 2);
  head.writeUInt32LE((14 + headBytes + masks + colours * (isOldest ? 3 : 4)) >>> 0, 10);
  return head;
}

/** The pictures of a file by their numbers, from 1 on. */
export function openArtPictures(
  list: PptRecord | undefined,
  laterAt?: LaterPicture,
): (number: number) => ArtPicture | undefined {
  const entries = list === undefined ? [] : [...readPptRecords(list.content)];
  return (number) => {
    const entry = entries[number - 1];
    return entry && readArtPicture(entry, laterAt);
  };
}

/** The shapes of a drawing, those in groups too. */
export function* listArtShapes({ content }: PptRecord, depth = 0): Generator<PptRecord> {
  for (const record of readPptRecords(content)) {
    if (record.type === artTypes.shape) yield record;
    else if (record.type === artTypes.group && depth < GROUPS_NESTING_MAX) yield* listArtShapes(record, depth + 1);
  }
}

/** The number of the picture that a shape is; 0 for none. */
export function pictureOfShape(shape: PptRecord): number {
  return readShapeProperties(firstChild(shape, artTypes.properties)).get(PICTURE_NUMBER)?.value ?? 0;
}

/** The properties of a shape ([MS-ODRAW] 2.3.1): numbers, and behind them what needs more room, in the same order. */
export function readShapeProperties(
  record: PptRecord | undefined,
): Map<number, { value: number; data: Buffer | undefined }> {
  const properties = new Map<number, { value: number; data: Buffer | undefined }>();
  if (record === undefined) return properties;
  const { content, instance: count } = record;
  let dataAt = count * 6;
  for (let at = 0; at < count * 6 && at + 6 <= content.byteLength; at += 6) {
    const code = content.readUInt16LE(at);
    const value = content.readUInt32LE(at + 2);
    const hasData = (code & 0x8000) !== 0;
    properties.set(code & 0x3fff, { value, data: hasData ? content.subarray(dataAt, dataAt + value) : undefined });
    if (hasData) dataAt += value;
  }
  return properties;
}
