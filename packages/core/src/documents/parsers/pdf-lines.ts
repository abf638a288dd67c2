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
}

interface PlacedItem {
  text: string;
  fontSize: number;
  angle: number;
  x: number;
  xEnd: number;
  y: number;
}

/**
 * Joins runs into lines in the order the file draws them, which is the reading order in all but odd files. Rotated
 * text is turned upright first, so a landscape page reads like any other.
 */
export function joinLines(items: readonly PdfTextItem[], page: number): PdfLine[] {
  const lines: PdfLine[] = [];
  let open: PlacedItem[] = [];
  const close = () => {
    const line = toLine(open, page);
    if (line !== undefined) lines.push(line);
    open = [];
  };
  for (const item of items) {
    if (item.str !== '') {
      const placed = place(item);
      const last = open.at(-1);
      if (last !== undefined && !isSameLine(last, placed)) close();
      open.push(placed);
    }
    if (item.hasEOL) close();
  }
  close();
  return lines;
}

function place({ str, transform, width }: PdfTextItem): PlacedItem {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = transform;
  const angle = Math.atan2(b, a);
  const x = e * Math.cos(angle) + f * Math.sin(angle);
  return {
    text: str,
    fontSize: Math.hypot(c, d),
    angle,
    x,
    xEnd: x + width,
    y: e * Math.sin(angle) - f * Math.cos(angle),
  };
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
