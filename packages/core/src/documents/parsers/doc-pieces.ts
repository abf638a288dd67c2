import { type DocFile, docTables, readPositions } from './doc-file.ts';

const PROPERTIES = 1;
const PIECES = 2;
const NARROW = 0x40000000;

/** A stretch of the text, and where its characters stand in the main stream. */
export interface DocPiece {
  /** In characters of the text. */
  start: number;
  end: number;
  offset: number;
  bytesPerCharacter: 1 | 2;
  /** Properties that were set last, over those of its paragraphs and runs. */
  sprms: Buffer;
}

/** The pieces that the text is put together from ([MS-DOC] 2.9.38), in order. */
export function readPieces({ tableAt }: Pick<DocFile, 'tableAt'>): DocPiece[] {
  const list = tableAt(docTables.pieces).content;
  const properties: Buffer[] = [];
  let at = 0;
  while (at + 3 <= list.byteLength && list.readUInt8(at) === PROPERTIES) {
    const length = list.readUInt16LE(at + 1);
    properties.push(list.subarray(at + 3, at + 3 + length));
    at += 3 + length;
  }
  if (at + 5 > list.byteLength || list.readUInt8(at) !== PIECES) throw new Error('The document has no pieces.');
  const entries = readPositions(list.subarray(at + 5, at + 5 + list.readUInt32LE(at + 1)), 8);
  return entries.slice(0, -1).map(({ position, data }, index) => {
    const place = data.readUInt32LE(2);
    const isNarrow = (place & NARROW) !== 0;
    const offset = place & (NARROW - 1);
    const changes = data.readUInt16LE(6);
    return {
      start: position,
      end: entries[index + 1]?.position ?? position,
      offset: isNarrow ? offset >> 1 : offset,
      bytesPerCharacter: isNarrow ? 1 : 2,
      sprms: ((changes & 1) === 0 ? undefined : properties[changes >> 1]) ?? Buffer.alloc(0),
    };
  });
}
