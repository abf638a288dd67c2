import { bullet, PARAGRAPH_STEP_RATIO } from './pdf-block-signs.ts';
import type { PdfLine } from './pdf-lines.ts';

const LINES_MAX = 2;
const CHARACTERS_MAX = 120;
/** Where more of the text is bold, bold says nothing. */
const BOLD_SHARE_MAX = 0.4;
/** Dots that lead to a page number, in a table of contents. */
const leader = /(?:\.\s?){4,}\s*\p{N}*$/u;

/**
 * Lines set in bold, which stand by themselves above text that is not: headings no larger than the text. Those that go on in the middle of a
 * sentence, that end like one, and that stand beside others, as names of columns do, are none.
 */
export function findBoldHeadings(lines: readonly PdfLine[]): Set<PdfLine> {
  const headings = new Set<PdfLine>();
  const text = lines.filter(({ table }) => table === undefined);
  const charactersIn = (some: readonly PdfLine[]) => some.reduce((sum, line) => sum + line.text.length, 0);
  const bold = text.filter(({ isBold }) => isBold);
  if (bold.length === 0 || charactersIn(bold) > BOLD_SHARE_MAX * charactersIn(text)) return headings;
  for (let start = 0; start < lines.length; ) {
    let end = start + 1;
    while (end < lines.length && isSameHeading(lines[end - 1], lines[end])) end += 1;
    const run = lines.slice(start, end);
    if (isHeading(run, lines[start - 1], lines[end])) for (const line of run) headings.add(line);
    start = end;
  }
  return headings;
}

function isSameHeading(line: PdfLine | undefined, next: PdfLine | undefined): boolean {
  return line?.isBold === true && next?.isBold === true && isBelow(line, next);
}

/** Whether the second is the line below, of the same paragraph for all that its place says. */
function isBelow(line: PdfLine, next: PdfLine): boolean {
  const step = next.y - line.y;
  return (
    line.page === next.page &&
    line.angle === next.angle &&
    step > 0 &&
    step <= PARAGRAPH_STEP_RATIO * next.fontSize &&
    Math.abs(line.fontSize - next.fontSize) <= 0.1 * line.fontSize
  );
}

function isHeading(run: readonly PdfLine[], before: PdfLine | undefined, after: PdfLine | undefined): boolean {
  const [first] = run;
  if (first?.isBold !== true || first.isApart === true || run.length > LINES_MAX || after?.page !== first.page)
    return false;
  const text = run.map((line) => line.text).join(' ');
  if (text.length > CHARACTERS_MAX || bullet.test(text) || !/^["“«(¿¡]?[\p{Lu}\p{Lo}\p{N}]/u.test(text)) return false;
  if (!/\p{L}{2}/u.test(text) || /[.,;:]$/.test(text) || leader.test(text)) return false;
  if (run.some(({ pieces }) => pieces.length > 1 && !isNumbered(pieces))) return false;
  if ([before, after].some((line) => line !== undefined && isBeside(line, first))) return false;
  // A stressed line in the middle of a paragraph.
  return (
    before === undefined ||
    !isBelow(before, first) ||
    before.isBold ||
    /[.!?:"”’)\]]$/.test(before.text) ||
    before.table !== undefined
  );
}

/** “2.1” and what it numbers. */
function isNumbered(pieces: readonly string[]): boolean {
  return pieces.length === 2 && /^(?:\p{L}{1,10}\s)?[\dIVXA-Z]+(?:\.\d+)*[.):]?$/u.test(pieces[0] ?? '');
}

function isBeside(line: PdfLine, other: PdfLine): boolean {
  return line.page === other.page && Math.abs(line.y - other.y) < 0.5 * other.fontSize;
}
