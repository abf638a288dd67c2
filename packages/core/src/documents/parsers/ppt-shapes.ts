import type { PptFile } from './ppt-file.ts';
import { childRecords, firstChild, type PptRecord, pptTypes, readPptRecords } from './ppt-records.ts';
import { type PptText, readPptTexts } from './ppt-texts.ts';

/** What stands on a slide, in the order of its drawing. */
export type PptPart =
  | { type: 'text'; text: PptText }
  | { type: 'table'; rows: (PptText | undefined)[][] }
  /** What somebody wrote about a picture. */
  | { type: 'picture'; description: string };

/** The texts of a slide that stand in the list of slides, by their place there. Each is shown once. */
export type PptOutline = Map<number, PptText>;

/** The date, number, footer and header of every slide. */
const runningPlaceholders = new Set([7, 8, 9, 10]);
const PICTURE = 75;
const DESCRIPTION = 0x0381;
const TABLE = 0x039f;
/** PowerPoint makes no larger tables. */
const TABLE_SIDE_MAX = 75;
const GROUPS_NESTING_MAX = 100;

/** The parts of a slide or of a page of notes. */
export function* listPptParts(ppt: PptFile, slide: PptRecord, outline: PptOutline): Generator<PptPart> {
  const shapes = firstChild(firstChild(slide, pptTypes.drawing), pptTypes.shapes);
  for (const group of childRecords(shapes, pptTypes.shapeGroup)) yield* listGroup(ppt, group, outline, 0);
}

function* listGroup(ppt: PptFile, group: PptRecord, outline: PptOutline, depth: number): Generator<PptPart> {
  if (depth > GROUPS_NESTING_MAX) return;
  // The first shape is the group itself.
  const table = isTable(firstChild(group, pptTypes.shape)) ? readTable(ppt, group, outline) : undefined;
  if (table !== undefined) {
    yield { type: 'table', rows: table };
    return;
  }
  for (const record of readPptRecords(group.content)) {
    if (record.type === pptTypes.shapeGroup) yield* listGroup(ppt, record, outline, depth + 1);
    if (record.type !== pptTypes.shape) continue;
    const texts = textsIn(ppt, record, outline);
    for (const text of texts) yield { type: 'text', text };
    const description = texts.length === 0 ? descriptionOf(record) : '';
    if (description !== '') yield { type: 'picture', description };
  }
}

function textsIn(ppt: PptFile, shape: PptRecord, outline: PptOutline): PptText[] {
  const data = firstChild(shape, pptTypes.shapeData);
  const placeholder =
    firstChild(data, pptTypes.placeholder)?.content[4] ?? firstChild(data, pptTypes.laterPlaceholder)?.content[0] ?? 0;
  const box = firstChild(shape, pptTypes.shapeText);
  if (box === undefined || runningPlaceholders.has(placeholder)) return [];
  const index = firstChild(box, pptTypes.outlineReference)?.content.readUInt32LE(0);
  if (index === undefined) return readPptTexts(ppt, readPptRecords(box.content));
  const text = outline.get(index);
  outline.delete(index);
  return text === undefined ? [] : [text];
}

function descriptionOf(shape: PptRecord): string {
  if (firstChild(shape, pptTypes.shapeKind)?.instance !== PICTURE) return '';
  const description = readProperties(firstChild(shape, pptTypes.shapeProperties)).get(DESCRIPTION)?.data;
  return description?.toString('utf16le').split('\0', 1).join('') ?? '';
}

function isTable(shape: PptRecord | undefined): boolean {
  const value = readProperties(firstChild(shape, pptTypes.moreShapeProperties)).get(TABLE)?.value ?? 0;
  return (value & 1) === 1;
}

/** A table is a group of boxes, each of which is as wide and high as its cell; undefined for none that PowerPoint makes. */
function readTable(ppt: PptFile, group: PptRecord, outline: PptOutline): (PptText | undefined)[][] | undefined {
  const boxes = [...childRecords(group, pptTypes.shape)].slice(1).flatMap((shape) => {
    const anchor = firstChild(shape, pptTypes.childAnchor)?.content;
    const hasText = firstChild(shape, pptTypes.shapeText) !== undefined;
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

/** The properties of a shape ([MS-ODRAW] 2.3.1): numbers, and behind them what needs more room, in the same order. */
function readProperties(record: PptRecord | undefined): Map<number, { value: number; data: Buffer | undefined }> {
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
