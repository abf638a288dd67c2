import { PARAGRAPH_STEP_RATIO } from './pdf-block-signs.ts';
import type { PdfLine } from './pdf-lines.ts';

/** A line that is shorter than this, in shares of its neighbours' width, is ended even where no sentence is. */
const SHORT_SHARE_MAX = 0.75;

/**
 * Lines that end although the first word of the next one would have had room: the last of a paragraph, an item of a list whose marks
 * are drawn, a line of an address. Lines side by side are compared with those of their own column.
 */
export function findEndedLines(lines: readonly PdfLine[]): Set<PdfLine> {
  const ended = new Set<PdfLine>();
  let group: PdfLine[] = [];
  const close = () => {
    const left = group.reduce((edge, { x }) => Math.min(edge, x), Number.POSITIVE_INFINITY);
    const right = group.reduce((edge, { xEnd }) => Math.max(edge, xEnd), Number.NEGATIVE_INFINITY);
    for (const [index, line] of group.entries()) {
      const next = group[index + 1];
      if (next !== undefined && isEnded(line, next, { left, right })) ended.add(line);
    }
    group = [];
  };
  for (const line of lines) {
    const last = group.at(-1);
    if (last !== undefined && !isSameColumn(last, line)) close();
    if (line.table === undefined) group.push(line);
  }
  close();
  return ended;
}

function isSameColumn(line: PdfLine, next: PdfLine): boolean {
  const step = next.y - line.y;
  return (
    next.table === undefined &&
    line.page === next.page &&
    line.angle === next.angle &&
    step > 0 &&
    step <= PARAGRAPH_STEP_RATIO * next.fontSize &&
    Math.abs(line.fontSize - next.fontSize) <= 0.1 * line.fontSize &&
    Math.abs(line.x - next.x) <= 3 * line.fontSize
  );
}

function isEnded(line: PdfLine, next: PdfLine, edges: { left: number; right: number }): boolean {
  if (!/^["“«(¿¡]?[\p{Lu}\p{Lo}\p{N}]/u.test(next.text) || /[-\u00ad\u2010,]$/u.test(line.text)) return false;
  const word = /^\S*/u.exec(next.text)?.[0] ?? '';
  const characterWidth = (next.xEnd - next.x) / Math.max(1, next.text.length);
  const hasRoom = line.xEnd + (word.length + 1) * characterWidth < edges.right - 0.3 * line.fontSize;
  const isShort = line.xEnd - edges.left < SHORT_SHARE_MAX * (edges.right - edges.left);
  return hasRoom && (isShort || /[.!?:;]["”’)\]]*$/u.test(line.text));
}
