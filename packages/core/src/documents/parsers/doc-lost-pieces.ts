import type { DocFile } from './doc-file.ts';
import type { DocPiece } from './doc-pieces.ts';

/** Pieces of the text and pages that tell of runs begin at multiples of this. */
const BLOCK_BYTES = 512;
const TEXT_AT = 0x18;
/** Signs that Word puts into a text, by their bytes; the others below the blank are of letters of two bytes, and so is 0 above all. */
const signs = new Set([1, 2, 5, 7, 8, 9, 10, 11, 12, 13, 14, 19, 20, 21, 30, 31]);
const FIRST_LETTER = 0x20;
/** Of the bytes of a text of one byte a character, a smaller share is none of a letter or a sign. */
const SHARE_MAX = 0.05;

/**
 * The pieces of a text where nothing tells of them any more, as Word 97 and later ones write a file that they save whole: one block
 * behind the other, each in one byte a character where that does. What was moved since is where it was.
 * @throws Error where the head does not tell where the text begins.
 */
export function findLostPieces({ main, story }: DocFile): DocPiece[] {
  const begin = main.readUInt32LE(TEXT_AT);
  const characters = story('headerBoxes').end;
  if (begin < BLOCK_BYTES || characters === 0) throw new Error('The document does not tell where its text is.');
  const pieces: DocPiece[] = [];
  let start = 0;
  for (let offset = begin; offset < main.byteLength && start < characters; offset += BLOCK_BYTES) {
    const block = main.subarray(offset, offset + BLOCK_BYTES);
    if (tellsOfRuns(block, begin, main.byteLength)) continue;
    // What stands behind the end of the text is none of it.
    const bytesPerCharacter = isNarrow(block.subarray(0, characters - start)) ? 1 : 2;
    const end = Math.min(characters, start + Math.floor(block.byteLength / bytesPerCharacter));
    pieces.push({ start, end, offset, bytesPerCharacter, sprms: Buffer.alloc(0) });
    start = end;
  }
  return pieces;
}

function isNarrow(bytes: Buffer): boolean {
  const others = bytes.filter((byte) => byte < FIRST_LETTER && !signs.has(byte));
  return others.byteLength < bytes.byteLength * SHARE_MAX;
}

/** Pages of runs stand between the text, and begin with where each of them does. */
function tellsOfRuns(block: Buffer, from: number, to: number): boolean {
  const count = block.byteLength < BLOCK_BYTES ? 0 : block.readUInt8(BLOCK_BYTES - 1);
  if (count === 0 || count * 5 + 4 > BLOCK_BYTES) return false;
  const places = Array.from({ length: count + 1 }, (_, index) => block.readUInt32LE(index * 4));
  return places.every((place, index) => place >= Math.max(from, places[index - 1] ?? 0) && place <= to);
}
