import { artTypes, pictureOfShape, readShapeProperties } from './office-art.ts';
import type { ShownSize } from './office-pictures.ts';
import type { PptFile } from './ppt-file.ts';
import { childRecords, firstChild, type PptRecord, pptTypes, readPptRecords } from './ppt-records.ts';
import { type PptText, readPptTexts } from './ppt-texts.ts';

/** What stands on a slide, in the order of its drawing. */
export type PptPart =
  | { type: 'text'; text: PptText }
  | { type: 'table'; rows: (PptText | undefined)[][] }
  /** A picture by its number, 0 for none, and what somebody wrote about it. */
  | { type: 'picture'; description: string; number: number; size: ShownSize | undefined };

/** The texts of a slide that stand in the list of slides, by their place there. Each is shown once. */
export type PptOutline = Map<number, PptText>;

/** The date, number, footer and header of every slide. */
const runningPlaceholders = new Set([7, 8, 9, 10]);
const PICTURE = 75;
/** Of those 576 to the inch that slides are measured in. */
const EMU_PER_UNIT = 914_400 / 576;
const DESCRIPTION = 0x0381;
const TABLE = 0x039f;
/** PowerPoint makes no larger tables. */
const TABLE_SIDE_MAX = 75;
const GROUPS_NESTING_MAX = 100;

/** The parts of a slide or of a page of notes. */
export function* listPptParts(ppt: PptFile, slide: PptRecord, outline: PptOutline): Generator<PptPart> {
  const shapes = firstChild(firstChild(slide, pptTypes.drawing), artTypes.drawing);
  for (const group of childRecords(shapes, artTypes.group)) yield* listGroup(ppt, group, outline, 0);
}

function* listGroup(ppt: PptFile, group: PptRecord, outline: PptOutline, depth: number): Generator<PptPart> {
  if (depth > GROUPS_NESTING_MAX) return;
  // The first shape is the group itself.
  const table = isTable(firstChild(group, artTypes.shape)) ? readTable(ppt, group, outline) : undefined;
  if (table !== undefined) {
    yield { type: 'table', rows: table };
    return;
  }
  for (const record of readPptRecords(group.content)) {
    if (record.type === artTypes.group) yield* listGroup(ppt, record, outline, depth + 1);
    else if (record.type === artTypes.shape) yield* ppt.damage.attempt(() => readShape(ppt, record, outline)) ?? [];
  }
}

function readShape(ppt: PptFile, shape: PptRecord, outline: PptOutline): PptPart[] {
  const texts = textsIn(ppt, shape, outline);
  if (texts.length > 0) return texts.map((text) => ({ type: 'text', text }));
  const description = descriptionOf(shape);
  const number = isPicture(shape) ? pictureOfShape(shape) : 0;
  return description === '' && number === 0 ? [] : [{ type: 'picture', description, number, size: sizeOf(shape) }];
}

/** Shapes that are inside of a group say where in it they are. */
function sizeOf(shape: PptRecord): ShownSize | undefined {
  const inGroup = firstChild(shape, artTypes.childAnchor)?.content;
  const content = inGroup ?? firstChild(shape, artTypes.anchor)?.content;
  if (content === undefined || content.byteLength < 8) return undefined;
  const isWide = content.byteLength >= 16;
  const side = (index: number) => (isWide ? content.readInt32LE(index * 4) : content.readInt16LE(index * 2));
  const [first, second, third, fourth] = [side(0), side(1), side(2), side(3)];
  // Left, top, right and bottom in a group; top, left, right and bottom on a slide.
  const [left, top] = inGroup === undefined ? [second, first] : [first, second];
  return { width: (third - left) * EMU_PER_UNIT, height: (fourth - top) * EMU_PER_UNIT };
}

function isPicture(shape: PptRecord): boolean {
  return firstChild(shape, artTypes.shapeKind)?.instance === PICTURE;
}

function textsIn(ppt: PptFile, shape: PptRecord, outline: PptOutline): PptText[] {
  const data = firstChild(shape, artTypes.data);
  const placeholder =
    firstChild(data, pptTypes.placeholder)?.content[4] ?? firstChild(data, pptTypes.laterPlaceholder)?.content[0] ?? 0;
  const box = firstChild(shape, artTypes.text);
  if (box === undefined || runningPlaceholders.has(placeholder)) return [];
  const index = firstChild(box, pptTypes.outlineReference)?.content.readUInt32LE(0);
  if (index === undefined) return readPptTexts(ppt, readPptRecords(box.content));
  const text = outline.get(index);
  outline.delete(index);
  return text === undefined ? [] : [text];
}

function descriptionOf(shape: PptRecord): string {
  if (!isPicture(shape)) return '';
  const description = readShapeProperties(firstChild(shape, artTypes.properties)).get(DESCRIPTION)?.data;
  return description?.toString('utf16le').split('\0', 1).join('') ?? '';
}

function isTable(shape: PptRecord | undefined): boolean {
  const value = readShapeProperties(firstChild(shape, artTypes.moreProperties)).get(TABLE)?.value ?? 0;
  return (value & 1) === 1;
}

/** A table is a group of boxes, each of which is as wide and high as its cell; undefined for none that PowerPoint makes. */
function readTable(ppt: PptFile, group: PptRecord, outline: PptOutline): (PptText | undefined)[][] | undefined {
  const boxes = [...childRecords(group, artTypes.shape)].slice(1).flatMap((shape) => {
    const anchor = firstChild(shape, artTypes.childAnchor)?.content;
    const hasText = firstChild(shape, artTypes.text) !== undefined;
    return anchor === undefined || !hasText ? [] : { shape, left: anchor.readInt32LE(0), top: anchor.readInt32LE(4) };
  });
  const sides = (side: 'left' | 'top') => [...new Set(boxes.map((box) => box[side]))].toSorted((a, b) => a - b);
  const [lefts, tops] = [sides('left'), sides('top')];
  if (boxes.length === 0 || Math.max(lefts.length, tops.length) > TABLE_SIDE_MAX) return undefined;
  const rows = tops.map(() => lefts.map((): PptText | undefined => undefined));
  for (const { shape, left, top } of boxes) {
    const row = rows[tops.indexOf(top)];
    const [text] = textsIn(ppt, shape, outline);
    if (row !== undefined && text !== undefined) row[lefts.indexOf(left)] = text;
  }
  return rows;
}
