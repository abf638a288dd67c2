import { parse } from 'csv-parse/sync';

/** How a cell is set, right before its bar: how many columns and rows it takes, how it is aligned, what it holds. */
const cellLook = /(^|\s)(\d{0,2})(?:\.\d{1,2})?(?:[+*])?[<^>.]{0,4}[adehlmsv]?$/;
const COLUMNS_MAX = 100;

/**
 * The rows of an AsciiDoc table. Between bars they have as many cells each as the first line, or as `cols` says; what is
 * parted by commas, colons or tabs has a row on each line. None where nothing parts the cells.
 */
export function asciidocRows(lines: readonly string[], { look, fence }: { look: string; fence: string }): string[][] {
  const format = /\bformat\s*=\s*"?(csv|dsv|tsv|psv)\b/.exec(look)?.[1] ?? formatsOfFences[fence.charAt(0)] ?? 'psv';
  const said = /\bseparator\s*=\s*(?:"([^"])"|([^\s",\]]))/u.exec(look);
  const separator = said?.[1] ?? said?.[2] ?? (fence.startsWith('!') ? '!' : separators[format]) ?? '|';
  const text = lines.join('\n');
  if (!text.includes(separator)) return [];
  if (format === 'psv') return rowsBetweenBars(lines, look, separator);
  return format === 'dsv'
    ? lines.filter((line) => line.trim() !== '').map((line) => cellsOf(line, separator))
    : csvRows(text, separator);
}

const formatsOfFences: Readonly<Record<string, string>> = { ',': 'csv', ':': 'dsv' };
const separators: Readonly<Record<string, string>> = { csv: ',', dsv: ':', tsv: '\t' };

function cellsOf(line: string, separator: string): string[] {
  return line.split(partingSign(separator)).map((cell) => cell.replaceAll(`\\${separator}`, separator).trim());
}

/** The character, but where a backslash says that it parts nothing. */
function partingSign(separator: string): RegExp {
  return new RegExp(String.raw`(?<!\\)\u{${separator.codePointAt(0)?.toString(16)}}`, 'u');
}

function csvRows(text: string, delimiter: string): string[][] {
  const look = { delimiter, relax_column_count: true, skip_empty_lines: true, trim: true };
  try {
    return parse(text, look);
  } catch {
    return parse(text, { ...look, quote: null });
  }
}

function rowsBetweenBars(lines: readonly string[], look: string, bar: string): string[][] {
  const filled = lines.filter((line) => line.trim() !== '' && !line.startsWith('//'));
  const columns = columnsOf(look) ?? Math.max(1, splitCells(filled[0] ?? '', bar).length);
  const cells = splitCells(filled.join('\n'), bar);
  const rows: string[][] = [];
  for (let at = 0; at < cells.length; at += columns) rows.push(cells.slice(at, at + columns));
  return rows;
}

function splitCells(text: string, bar: string): string[] {
  const pieces = text.split(partingSign(bar));
  const cells: string[] = [];
  let span = 1;
  for (const [index, piece] of pieces.entries()) {
    const look = index === pieces.length - 1 ? '' : (cellLook.exec(piece)?.[0] ?? '');
    const content = piece.slice(0, piece.length - look.length);
    if (index > 0)
      cells.push(content.replaceAll(`\\${bar}`, bar).replace(/\s+/g, ' ').trim(), ...SPANNED.slice(0, span - 1));
    // A cell over several columns is told in the first of them.
    span = Math.min(COLUMNS_MAX, Number(/^\s*(\d{1,2})\+/.exec(look)?.[1] ?? 1));
  }
  return cells;
}

const SPANNED: readonly string[] = Array.from({ length: COLUMNS_MAX }, () => '');

/** `cols="1,2"`, `cols=3*`. */
function columnsOf(look: string): number | undefined {
  const said = /cols\s*=\s*(?:"([^"]{1,200})"|(\d{1,3}\*?))/.exec(look);
  if (said === null) return undefined;
  const columns = (said[1] ?? said[2] ?? '')
    .split(/[,;]/)
    .reduce((sum, one) => sum + (Number(/^\s*(\d{1,3})\*/.exec(one)?.[1]) || 1), 0);
  return Math.min(COLUMNS_MAX, columns);
}
