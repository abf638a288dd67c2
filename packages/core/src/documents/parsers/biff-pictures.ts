import type { BiffRecord } from './biff-records.ts';
import { artTypes, listArtShapes, pictureOfShape } from './office-art.ts';
import { EMU_PER_PIXEL, EMU_PER_TWIP, type ShownSize } from './office-pictures.ts';
import { firstChild, type PptRecord, readPptRecords } from './ppt-records.ts';

/** Numbers of records ([MS-XLS] 2.3): of drawings, and of how large cells are. */
export const biffDrawing = { shared: 0xeb, sheet: 0xec } as const;
const sizeTypes = { columns: 0x7d, usualColumn: 0x55, row: 0x208, usualRow: 0x225 } as const;

const PIXELS_PER_DIGIT = 7;
const PIXELS_BETWEEN_COLUMNS = 8;
const PARTS_OF_COLUMN = 1024;
const PARTS_OF_ROW = 256;
const HEIGHT_MASK = 0x7fff;
/** Further than this a picture need not be followed to be large. */
const CELLS_MAX = 1000;

/** Of cells, in EMU. */
export interface CellSizes {
  columns: Map<number, number>;
  rows: Map<number, number>;
  usualColumn: number;
  usualRow: number;
}

export function createCellSizes(): CellSizes {
  return { columns: new Map(), rows: new Map(), usualColumn: 64 * EMU_PER_PIXEL, usualRow: 17 * EMU_PER_PIXEL };
}

/** Takes down what a record tells of how large cells are; others tell nothing. */
export function takeCellSize(sizes: CellSizes, { type, segments: [data] }: BiffRecord): void {
  if (type === sizeTypes.columns) {
    const last = Math.min(data.readUInt16LE(2), PARTS_OF_ROW);
    const width = (data.readUInt16LE(4) / PARTS_OF_ROW) * PIXELS_PER_DIGIT * EMU_PER_PIXEL;
    for (let column = data.readUInt16LE(0); column <= last; column += 1) sizes.columns.set(column, width);
  } else if (type === sizeTypes.usualColumn) {
    sizes.usualColumn = (data.readUInt16LE(0) * PIXELS_PER_DIGIT + PIXELS_BETWEEN_COLUMNS) * EMU_PER_PIXEL;
  } else if (type === sizeTypes.row) {
    sizes.rows.set(data.readUInt16LE(0), (data.readUInt16LE(6) & HEIGHT_MASK) * EMU_PER_TWIP);
  } else if (type === sizeTypes.usualRow) sizes.usualRow = (data.readUInt16LE(2) & HEIGHT_MASK) * EMU_PER_TWIP;
}

/** The list of the pictures of a workbook, in the drawing that its sheets share. */
export function findPictureList(shared: Buffer): PptRecord | undefined {
  const [all] = readPptRecords(shared);
  return firstChild(all, artTypes.pictures);
}

/** The pictures on a sheet by number, and how large they are shown. */
export function listSheetPictures(
  drawing: Buffer,
  sizes: CellSizes,
): { number: number; size: ShownSize | undefined }[] {
  const [all] = readPptRecords(drawing);
  if (all?.type !== artTypes.drawing) return [];
  return [...listArtShapes(all)].flatMap((shape) => {
    const number = pictureOfShape(shape);
    return number === 0 ? [] : { number, size: sizeOfAnchor(firstChild(shape, artTypes.anchor), sizes) };
  });
}

/** A picture reaches from within one cell to within another. */
function sizeOfAnchor(anchor: PptRecord | undefined, sizes: CellSizes): ShownSize | undefined {
  if (anchor === undefined || anchor.content.byteLength < 18) return undefined;
  const [left = 0, leftPart = 0, top = 0, topPart = 0, right = 0, rightPart = 0, bottom = 0, bottomPart = 0] =
    Array.from({ length: 8 }, (_, index) => anchor.content.readUInt16LE(2 + index * 2));
  const column = (index: number) => sizes.columns.get(index) ?? sizes.usualColumn;
  const row = (index: number) => sizes.rows.get(index) ?? sizes.usualRow;
  const sum = (from: number, to: number, size: (index: number) => number) => {
    let all = 0;
    for (let index = from; index < Math.min(to, from + CELLS_MAX); index += 1) all += size(index);
    return all;
  };
  return {
    width: sum(left, right, column) + (column(right) * rightPart - column(left) * leftPart) / PARTS_OF_COLUMN,
    height: sum(top, bottom, row) + (row(bottom) * bottomPart - row(top) * topPart) / PARTS_OF_ROW,
  };
}
