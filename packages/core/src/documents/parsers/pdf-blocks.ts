import { joinBoxes } from '../page-box.ts';
import type { BlockKind, PageBox } from '../parsed-document.ts';
import { joinLine, listHyphenated } from './join-wrapped-lines.ts';
import { bullet, itemNumber, PARAGRAPH_STEP_RATIO } from './pdf-block-signs.ts';
import { findHeadingLevels } from './pdf-heading-levels.ts';
import { findEndedLines } from './pdf-line-ends.ts';
import type { PdfLine } from './pdf-lines.ts';
import type { PdfTableCells } from './pdf-table-cells.ts';

export interface PdfBlock {
  kind: BlockKind;
  text: string;
  page: number;
  boxes: PageBox[];
  level?: number;
  /** A running head or foot, kept where it stands first. */
  isRunning?: boolean;
  /** Of a table, whose text is then that of all its cells. */
  table?: PdfTableCells;
}

/** An entry of a list of references. */
const reference = /^\[\d{1,3}\]\s/;
/** `Date: 4 May 2024`, below a short line: of a letter's head, or of a form. */
const label = /^\p{Lu}[\p{L}\p{N} ./-]{0,24}:\s\S/u;
const LABELLED_CHARACTERS_MAX = 50;

/**
 * Joins lines into headings, list items and paragraphs, by font size and weight, spacing, indent, list marks and where lines end. Tables stay as they
 * are. No line is left out; blocks never cross a page.
 * @param outline the level of each of the file's bookmarks, by its title as `outlineKey` spells it.
 */
export function joinBlocks(lines: readonly PdfLine[], outline: ReadonlyMap<string, number>): PdfBlock[] {
  const levels = findHeadingLevels(lines, outline);
  const spelt = listHyphenated(lines);
  const ended = findEndedLines(lines);
  const blocks: PdfBlock[] = [];
  let previous: PdfLine | undefined;
  for (const line of lines) {
    if (line.table !== undefined) {
      blocks.push({ kind: 'table', text: line.text, page: line.page, boxes: [line.box], table: line.table });
      previous = undefined;
      continue;
    }
    const level = levels.get(line);
    const block = blocks.at(-1);
    const isNext =
      previous !== undefined && (isSameElement(previous, line) ?? !(level === undefined && ended.has(previous)));
    if (block !== undefined && previous !== undefined && isNext && continues(block, previous, line, level)) {
      block.text = joinLine(block.text, line.text, spelt);
      extend(block.boxes, line);
    } else if (level !== undefined) {
      blocks.push({ kind: 'heading', level, text: line.text, page: line.page, boxes: [line.box] });
    } else {
      blocks.push({ ...startBlock(line), ...(line.isApart && { isRunning: true }) });
    }
    previous = line;
  }
  return blocks;
}

function startBlock(line: PdfLine): PdfBlock {
  if (bullet.test(line.text) && line.text.replace(bullet, '') !== '') {
    return { kind: 'list-item', text: line.text.replace(bullet, ''), page: line.page, boxes: [line.box] };
  }
  const kind = itemNumber.test(line.text) || line.tag?.kind === 'list-item' ? 'list-item' : 'paragraph';
  return { kind, text: line.text, page: line.page, boxes: [line.box] };
}

/**
 * Whether two lines belong to one heading; false too of two items of a list. Undefined where a tagged file does not say: paragraphs of an
 * item, and lines that it calls paragraphs each, are told apart by how they stand.
 */
function isSameElement({ tag }: PdfLine, { tag: next }: PdfLine): boolean | undefined {
  if (tag?.kind === 'heading' || next?.kind === 'heading') return tag?.element === next?.element;
  const areItems = tag?.kind === 'list-item' && next?.kind === 'list-item';
  return areItems && tag.element !== next.element ? false : undefined;
}

/** A line below the ones before widens their box; one in the next column starts another. */
function extend(boxes: PageBox[], { box, fontSize }: PdfLine): void {
  const last = boxes.at(-1);
  const isBelow = last !== undefined && Math.abs(box.y - (last.y + last.height)) < 2 * fontSize;
  // A line of the next column may begin as high as the whole column before.
  const isBeside = last !== undefined && box.y === last.y && last.height < 2 * fontSize;
  if (last !== undefined && (isBelow || isBeside)) boxes[boxes.length - 1] = joinBoxes(last, box);
  else boxes.push(box);
}

function continues(block: PdfBlock, previous: PdfLine, line: PdfLine, level: number | undefined): boolean {
  if (line.page !== block.page || line.angle !== previous.angle) return false;
  if (line.isApart === true || previous.isApart === true) return false;
  if (isSameElement(previous, line) === true && block.level === level) return true;
  if (reference.test(line.text) && /[.)\]]$/.test(previous.text)) return false;
  if (label.test(line.text) && previous.text.length < LABELLED_CHARACTERS_MAX) return false;
  // Rows, whose columns are too few or too irregular to be found.
  if (line.pieces.length >= 3 && previous.pieces.length >= 3) return false;
  if (Math.abs(line.fontSize - previous.fontSize) > 0.1 * previous.fontSize) return false;
  if (block.level !== level || bullet.test(line.text) || itemNumber.test(line.text)) return false;
  const step = line.y - previous.y;
  // Upwards: the next column. A sentence may run on into it; anything else starts a new paragraph.
  if (step < 0) return level === undefined && /^\p{Ll}/u.test(line.text) && !/[.!?:]["'”’)]?$/.test(previous.text);
  if (step > PARAGRAPH_STEP_RATIO * line.fontSize) return false;
  const isIndented = line.x - previous.x > 0.8 * line.fontSize && block.kind === 'paragraph';
  return !(isIndented && /[.!?]["'”’)]?$/.test(previous.text));
}
