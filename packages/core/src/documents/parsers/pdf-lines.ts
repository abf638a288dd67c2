import { joinBoxes } from '../page-box.ts';
import type { PageBox } from '../parsed-document.ts';

/** One run of text as pdf.js reports it; the transform places its baseline. */
export interface PdfTextItem {
  str: string;
  transform: number[];
  width: number;
  hasEOL: boolean;
}

/** One line of a page, in reading direction: x grows along the line, y grows down the page (points). */
export interface PdfLine {
  text: string;
  page: number;
  fontSize: number;
  /** Of the baseline, in whole degrees. */
  angle: number;
  x: number;
  y: number;
  /** On the page as it is displayed. */
  box: PageBox;
}

interface PlacedItem {
  text: string;
  fontSize: number;
  angle: number;
  x: number;
  xEnd: number;
  y: number;
  box: PageBox;
}

/**
 * Joins runs into lines in the order the file draws them, which is the reading order in all but odd files. Rotated
 * text is turned upright first, so a landscape page reads like any other.
 *
 * @param display the matrix from the file's coordinates to those of the displayed page.
 */
export function joinLines(items: readonly PdfTextItem[], page: number, display: readonly number[]): PdfLine[] {
  const lines: PdfLine[] = [];
  let open: PlacedItem[] = [];
  const close = () => {
    const line = toLine(open, page);
    if (line !== undefined) lines.push(line);
    open = [];
  };
  for (const item of items) {
    if (item.str !== '') {
      const placed = place(item, display);
      const last = open.at(-1);
      if (last !== undefined && !isSameLine(last, placed)) close();
      open.push(placed);
    }
    if (item.hasEOL) close();
  }
  close();
  return lines;
}

function place({ str, transform, width }: PdfTextItem, display: readonly number[]): PlacedItem {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = transform;
  const angle = Math.atan2(b, a);
  const x = e * Math.cos(angle) + f * Math.sin(angle);
  const fontSize = Math.hypot(c, d);
  return {
    text: str,
    fontSize,
    angle,
    x,
    xEnd: x + width,
    y: e * Math.sin(angle) - f * Math.cos(angle),
    box: boxOnPage({ x: e, y: f, angle, width, fontSize }, display),
  };
}

/** What a line of Latin text takes above and below its baseline, in font sizes. */
const ASCENT = 0.8;
const DESCENT = 0.2;

interface Run {
  x: number;
  y: number;
  angle: number;
  width: number;
  fontSize: number;
}

function boxOnPage({ x, y, angle, width, fontSize }: Run, display: readonly number[]): PageBox {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = display;
  const corners = [-DESCENT * fontSize, ASCENT * fontSize].flatMap((up) =>
    [0, width].map((along) => {
      const cornerX = x + along * Math.cos(angle) - up * Math.sin(angle);
      const cornerY = y + along * Math.sin(angle) + up * Math.cos(angle);
      return { x: a * cornerX + c * cornerY + e, y: b * cornerX + d * cornerY + f };
    }),
  );
  const left = Math.min(...corners.map((corner) => corner.x));
  const top = Math.min(...corners.map((corner) => corner.y));
  const right = Math.max(...corners.map((corner) => corner.x));
  const bottom = Math.max(...corners.map((corner) => corner.y));
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function isSameLine(last: PlacedItem, next: PlacedItem): boolean {
  // A raised or lowered run (a footnote mark, an index) stays in its line.
  const tolerance = 0.5 * Math.max(last.fontSize, next.fontSize);
  return Math.abs(last.angle - next.angle) < 0.05 && Math.abs(last.y - next.y) < tolerance;
}

function toLine(items: readonly PlacedItem[], page: number): PdfLine | undefined {
  const [first] = items;
  if (first === undefined) return undefined;
  let text = '';
  let previousEnd = first.x;
  for (const item of items) {
    const gap = item.x - previousEnd;
    if (text !== '' && gap > 0.2 * item.fontSize && !/\s$/.test(text) && !/^\s/.test(item.text)) text += ' ';
    text += item.text;
    previousEnd = item.xEnd;
  }
  if (text.trim() === '') return undefined;
  const longest = items.reduce((best, item) => (item.text.length > best.text.length ? item : best), first);
  return {
    text: spellLigatures(text).trim(),
    page,
    fontSize: longest.fontSize,
    angle: degrees(first.angle),
    x: first.x,
    y: longest.y,
    box: items.map((item) => item.box).reduce(joinBoxes),
  };
}

function degrees(radians: number): number {
  return Math.round((radians * 180) / Math.PI);
}

const ligatures = ['ff', 'fi', 'fl', 'ffi', 'ffl', 'st', 'st'];

/**
 * Typeset ligatures are one character each; people and search type the letters. TeX fonts without a character map come
 * out as `↵` for ff and as NUL for ffi, seen inside words only.
 */
function spellLigatures(text: string): string {
  return text
    .replace(/[\ufb00-\ufb06]/g, (character) => ligatures[character.charCodeAt(0) - 0xfb00] ?? character)
    .replace(/(?<=\p{L})↵/gu, 'ff')
    .replace(/(?<=\p{L})\0(?=\p{Ll})/gu, 'ffi');
}
