import { Util } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { joinBoxes } from '../page-box.ts';
import type { PageBox } from '../parsed-document.ts';
import type { PdfTag } from './pdf-tags.ts';

/** One run of text as pdf.js reports it; the transform places its baseline. */
export interface PdfTextItem {
  str: string;
  transform: number[];
  width: number;
  hasEOL: boolean;
  fontName: string;
  tag?: PdfTag | undefined;
}

/** A run in reading direction: x grows along the line, y grows down the page (points). */
export interface PdfTextRun {
  text: string;
  fontSize: number;
  isBold: boolean;
  /** Of the baseline, in radians. */
  angle: number;
  x: number;
  xEnd: number;
  y: number;
  /** On the page as it is displayed. */
  box: PageBox;
  /** What a tagged file says of it. */
  tag?: PdfTag | undefined;
}

/** What places and weighs the runs of a page. */
export interface RunContext {
  /** The matrix from the file's coordinates to those of the displayed page. */
  display: readonly number[];
  /** By the names of fonts; those left out are not. */
  isBold: ReadonlyMap<string, boolean>;
}

/** Turns a run upright, so that text on a landscape page reads like any other. */
export function placeTextRun(
  { str, transform, width, fontName, tag }: PdfTextItem,
  { display, isBold }: RunContext,
): PdfTextRun {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = transform;
  const angle = Math.atan2(b, a);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [x, y] = [e * cos + f * sin, e * sin - f * cos];
  const fontSize = Math.hypot(c, d);
  const box = boxOnPage(width, fontSize, Util.transform(display, [cos, sin, -sin, cos, e, f]));
  return {
    text: str,
    fontSize,
    isBold: isBold.get(fontName) === true,
    angle,
    x,
    xEnd: x + width,
    y,
    box,
    ...(tag !== undefined && { tag }),
  };
}

/** From the coordinates of the file to those of text that is set at this angle. */
export function uprightMatrix(angle: number): number[] {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return [cos, sin, sin, -cos, 0, 0];
}

/** Whether the second stands on the line of the first. A raised or lowered run (a footnote mark, an index) does. */
export function isSameBaseline(
  one: Pick<PdfTextRun, 'angle' | 'fontSize' | 'y'>,
  other: Pick<PdfTextRun, 'angle' | 'fontSize' | 'y'>,
): boolean {
  const tolerance = 0.5 * Math.max(one.fontSize, other.fontSize);
  return Math.abs(one.angle - other.angle) < 0.05 && Math.abs(one.y - other.y) < tolerance;
}

/** The text of runs of one line, spaces put where they were only left open, to the left in a line of Arabic or Hebrew. */
export function joinTextRuns(runs: readonly PdfTextRun[]): string {
  let text = '';
  let previous = runs[0];
  for (const run of runs) {
    const gap = previous === undefined ? 0 : Math.max(run.x - previous.xEnd, previous.x - run.xEnd);
    if (text !== '' && gap > 0.2 * run.fontSize && !/\s$/.test(text) && !/^\s/.test(run.text)) text += ' ';
    text += run.text;
    previous = run;
  }
  return spellLigatures(text).trim();
}

export function boxAround(runs: readonly Pick<PdfTextRun, 'box'>[]): PageBox {
  return runs.map(({ box }) => box).reduce(joinBoxes);
}

/** What a line of Latin text takes above and below its baseline, in font sizes. */
const ASCENT = 0.8;
const DESCENT = 0.2;

/** @param toPage from a coordinate system that begins where the text does and runs along it. */
function boxOnPage(width: number, fontSize: number, toPage: readonly number[]): PageBox {
  const box = [
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ] as [number, number, number, number];
  Util.axialAlignedBoundingBox([0, -DESCENT * fontSize, width, ASCENT * fontSize], toPage, box);
  const [left, top, right, bottom] = box;
  return { x: left, y: top, width: right - left, height: bottom - top };
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
