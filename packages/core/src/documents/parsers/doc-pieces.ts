import type { Damage } from './damage.ts';
import { type DocFile, docTables, readPositions } from './doc-file.ts';
import { findLostPieces } from './doc-lost-pieces.ts';
import { countMissingText } from './doc-missing-text.ts';

const PROPERTIES = 1;
const PIECES = 2;
const NARROW = 0x40000000;
const FLAGS_AT = 0x0a;
const IS_IN_PIECES = 0x04;
const IS_WIDE = 0x1000;
const TEXT_AT = 0x18;

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

/**
 * The pieces that the text is put together from ([MS-DOC] 2.9.38), in order; Word 6 and 95 tell of none where it is in one.
 * @param damage counts text that they do not lead to.
 */
export function readPieces(doc: DocFile, damage: Damage): DocPiece[] {
  const isInOne = doc.layout.isOld && (doc.main.readUInt16LE(FLAGS_AT) & IS_IN_PIECES) === 0;
  const pieces = isInOne ? [wholeText(doc)] : damage.attempt(() => listPieces(doc));
  if (pieces === undefined) return doc.layout.isOld ? [wholeText(doc)] : findLostPieces(doc);
  for (let left = countMissingText(doc, pieces); left > 0; left -= 1) damage.add();
  return pieces;
}

/** The pieces that a stretch of the text is put together from, of all of them in order. */
export function* piecesIn(pieces: readonly DocPiece[], start: number, end: number): Generator<DocPiece> {
  let [low, high] = [0, pieces.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pieces[middle]?.end ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  for (let index = low; index < pieces.length; index += 1) {
    const piece = pieces[index];
    if (piece === undefined || piece.start >= end) return;
    yield piece;
  }
}

/** None is empty, and text that two of them claim is of the first. */
function listPieces(doc: DocFile): DocPiece[] {
  const { tableAt, layout } = doc;
  const list = tableAt(docTables.pieces).content;
  const properties: Buffer[] = [];
  let at = 0;
  while (at + 3 <= list.byteLength && list.readUInt8(at) === PROPERTIES) {
    const length = list.readUInt16LE(at + 1);
    properties.push(layout.sprmsOf(list.subarray(at + 3, at + 3 + length)));
    at += 3 + length;
  }
  if (at + 5 > list.byteLength || list.readUInt8(at) !== PIECES) throw new Error('The document has no pieces.');
  const length = list.readUInt32LE(at + 1);
  // A list that is not all there tells of other places than it did: the second half of it is found by its length.
  if (at + 5 + length > list.byteLength || length % 12 !== 4) throw new Error('The list of pieces is cut off.');
  const entries = readPositions(list.subarray(at + 5, at + 5 + length), 8);
  let reached = 0;
  return entries.slice(0, -1).flatMap(({ position, data }, index) => {
    const end = entries[index + 1]?.position ?? position;
    if (position < reached || end <= position) return [];
    reached = end;
    const place = data.readUInt32LE(2);
    const isNarrow = layout.isOld ? !isOldWide(doc) : (place & NARROW) !== 0;
    const offset = place & (NARROW - 1);
    const changes = data.readUInt16LE(6);
    return {
      start: position,
      end,
      offset: isNarrow && !layout.isOld ? offset >> 1 : offset,
      bytesPerCharacter: isNarrow ? 1 : 2,
      sprms: ((changes & 1) === 0 ? undefined : properties[changes >> 1]) ?? Buffer.alloc(0),
    };
  });
}

/** @throws Error where the head does not tell where it stands. */
function wholeText(doc: DocFile): DocPiece {
  const offset = doc.main.readUInt32LE(TEXT_AT);
  const end = doc.story('headerBoxes').end;
  if (offset === 0 || end === 0) throw new Error('The document does not tell where its text is.');
  return { start: 0, end, offset, bytesPerCharacter: isOldWide(doc) ? 2 : 1, sprms: Buffer.alloc(0) };
}

/** Word 6 and 95 of East Asia have two bytes for a character. */
function isOldWide({ main }: DocFile): boolean {
  return (main.readUInt16LE(FLAGS_AT) & IS_WIDE) !== 0;
}
