/** Where streams begin, in any size of sectors. */
const STEP_BYTES = 512;
const HEAD_BYTES = 8;

/** The streams that Office keeps text in, by how they begin: what shares a workbook's sheets, a document's head, a presentation. */
const beginnings: [path: string, isThere: (head: DataView) => boolean][] = [
  [
    'workbook',
    (head) =>
      head.getUint16(0, true) === 0x809 &&
      [0x500, 0x600].includes(head.getUint16(4, true)) &&
      head.getUint16(6, true) === 5,
  ],
  [
    'worddocument',
    (head) =>
      [0xa5dc, 0xa5ec].includes(head.getUint16(0, true)) &&
      head.getUint16(2, true) >= 0x65 &&
      head.getUint16(2, true) < 0x200,
  ],
  ['powerpoint document', (head) => head.getUint32(0, true) === 0x03e8000f],
];

/**
 * Where in a compound file streams of old Office files begin that nothing tells of any more, in small letters by their path. As a program that
 * saves a file whole writes them, each is taken to go on up to its end.
 */
export function findLostStreams(bytes: Uint8Array): Map<string, number> {
  const found = new Map<string, number>();
  for (let at = STEP_BYTES; at + HEAD_BYTES <= bytes.byteLength; at += STEP_BYTES) {
    const head = new DataView(bytes.buffer, bytes.byteOffset + at, HEAD_BYTES);
    for (const [path, isThere] of beginnings) if (!found.has(path) && isThere(head)) found.set(path, at);
  }
  return found;
}
