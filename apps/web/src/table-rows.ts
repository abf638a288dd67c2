import type { ExcerptPart } from './passage-excerpt.ts';

export interface TableRow {
  isHead: boolean;
  /** What each cell says, marked where the block is. */
  cells: ExcerptPart[][];
}

interface Range {
  start: number;
  end: number;
}

/** The line below a header: `| --- | :-: |`. */
const rule = /^\s*\|?(?:\s*:?-+:?\s*\|)*\s*:?-+:?\s*\|?\s*$/;
const pipe = /(?<!\\)\|/;

/** The rows of a table that is written with pipes; null for a text that is not, or is cut in the middle of a row. */
export function tableRowsOf(parts: readonly ExcerptPart[]): TableRow[] | null {
  const lines = linesOf(parts.map(({ text }) => text).join(''));
  if (lines.length === 0 || !lines.every(({ text }) => pipe.test(text))) return null;
  const isHead = (at: number) => at === 0 && rule.test(lines[1]?.text ?? '');
  return lines
    .map(({ text, start }, at) => ({ text, start, isHead: isHead(at) }))
    .filter(({ text }) => !rule.test(text))
    .map((line) => ({ isHead: line.isHead, cells: cellsOf(line).map((range) => partsWithin(parts, range)) }));
}

function linesOf(text: string): { text: string; start: number }[] {
  let start = 0;
  return text
    .split('\n')
    .map((line) => {
      const from = start;
      start += line.length + 1;
      return { text: line, start: from };
    })
    .filter((line) => line.text.trim() !== '');
}

/** Where each cell of a line stands, without the spaces around it. The pipes at both ends enclose; they part nothing. */
function cellsOf({ text, start }: { text: string; start: number }): Range[] {
  const cells = text.split(pipe);
  let at = start;
  const ranges = cells.map((cell) => {
    const from = at + cell.length - cell.trimStart().length;
    at += cell.length + 1;
    return { start: from, end: Math.max(from, from + cell.trim().length) };
  });
  const first = cells[0]?.trim() === '' ? 1 : 0;
  const last = cells.length > 1 && cells.at(-1)?.trim() === '' ? -1 : cells.length;
  return ranges.slice(first, last);
}

function partsWithin(parts: readonly ExcerptPart[], { start, end }: Range): ExcerptPart[] {
  let at = 0;
  return parts.flatMap(({ text, marked }) => {
    const from = at;
    at += text.length;
    const within = text.slice(Math.max(0, start - from), Math.max(0, end - from));
    return within === '' ? [] : [{ text: within.replaceAll('\\|', '|'), marked }];
  });
}
