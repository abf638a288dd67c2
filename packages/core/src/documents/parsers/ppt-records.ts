/** One record of an old presentation ([MS-PPT] 2.3.1): its content are records too, where its type is one of those that hold others. */
export interface PptRecord {
  type: number;
  /** Tells records of one type apart where a record holds several. */
  instance: number;
  content: Buffer;
}

/** The types of records that are read, as [MS-PPT] 2.13.24 numbers them; those of drawings are `artTypes`. */
export const pptTypes = {
  document: 0x03e8,
  slide: 0x03ee,
  slideAtom: 0x03ef,
  notes: 0x03f0,
  slidePersist: 0x03f3,
  objects: 0x0409,
  drawings: 0x040b,
  drawing: 0x040c,
  laterPlaceholder: 0x0420,
  placeholder: 0x0bc3,
  outlineReference: 0x0f9e,
  textHeader: 0x0f9f,
  wideText: 0x0fa0,
  narrowText: 0x0fa8,
  string: 0x0fba,
  objectAtom: 0x0fc3,
  embeddedObject: 0x0fcc,
  hyperlinkNumber: 0x0fd3,
  hyperlink: 0x0fd7,
  linkedStretch: 0x0fdf,
  slideList: 0x0ff0,
  link: 0x0ff2,
  linkAtom: 0x0ff3,
  edit: 0x0ff5,
  tags: 0x1388,
  tag: 0x138a,
  tagContent: 0x138b,
  storedObject: 0x1011,
  persistDirectory: 0x1772,
  comment: 0x2ee0,
} as const;

const HEADER_BYTES = 8;

/** The records one behind the other, up to where they are cut off. */
export function* readPptRecords(content: Buffer): Generator<PptRecord> {
  let at = 0;
  while (at + HEADER_BYTES <= content.byteLength) {
    const record = pptRecordAt(content, at);
    yield record;
    at += HEADER_BYTES + content.readUInt32LE(at + 4);
  }
}

export function pptRecordAt(stream: Buffer, at: number): PptRecord {
  const start = at + HEADER_BYTES;
  return {
    type: stream.readUInt16LE(at + 2),
    instance: stream.readUInt16LE(at) >> 4,
    content: stream.subarray(start, start + stream.readUInt32LE(at + 4)),
  };
}

export function* childRecords(parent: PptRecord | undefined, type: number): Generator<PptRecord> {
  if (parent === undefined) return;
  for (const record of readPptRecords(parent.content)) if (record.type === type) yield record;
}

export function firstChild(parent: PptRecord | undefined, type: number): PptRecord | undefined {
  return childRecords(parent, type).next().value ?? undefined;
}
