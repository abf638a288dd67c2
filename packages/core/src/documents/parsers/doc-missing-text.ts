import type { DocFile } from './doc-file.ts';
import type { DocPiece } from './doc-pieces.ts';

/**
 * How many stretches of a text its pieces leave out: those between them, those that stand behind the end of the file, and what the
 * head and the pieces do not both tell of. The head counts the characters of each story; where there are more stories than
 * the body, one that is of none stands behind them ([MS-DOC] 2.8.35).
 * @param pieces in order.
 */
export function countMissingText({ main, story }: DocFile, pieces: readonly DocPiece[]): number {
  let missing = 0;
  let reached = 0;
  for (const { start, end, offset, bytesPerCharacter } of pieces) {
    if (start > reached) missing += 1;
    if (offset + (end - start) * bytesPerCharacter > main.byteLength) missing += 1;
    reached = end;
  }
  const told = story('headerBoxes').end;
  return reached < told || reached > told + 1 ? missing + 1 : missing;
}
