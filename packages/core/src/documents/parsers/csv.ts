import { parse } from 'csv-parse/sync';
import { createCanonicalText } from '../canonical-text.ts';
import type { ParsedDocument } from '../parsed-document.ts';
import { tooLongTable } from '../unreadable.ts';
import { addRows } from './add-rows.ts';
import type { ParserInput } from './parser-input.ts';
import { decodeOrRefuse } from './plain-text.ts';

/** Reads a table of separated values, whatever separates them, as Markdown tables that repeat its header. */
export function parseCsv(input: ParserInput): ParsedDocument {
  const text = decodeOrRefuse(input);
  const { charactersMax } = input.limits;
  if (text.length > charactersMax) throw tooLongTable(input.fileName, text.length, charactersMax);
  const canonical = createCanonicalText({ fileName: input.fileName, charactersMax });
  const delimiter = sniffDelimiter(text);
  const { rows, warnings } = readRecords(text, delimiter);
  addRows(canonical, joinRuns(rows));
  return {
    ...canonical.finish(),
    title: null,
    mediaType: delimiter === '\t' ? 'text/tab-separated-values' : 'text/csv',
    pageCount: null,
    warnings,
  };
}

interface Records {
  rows: string[][];
  warnings: string[];
}

function readRecords(text: string, delimiter: string): Records {
  const options = { delimiter, bom: true, relax_column_count: true, skip_empty_lines: false } as const;
  try {
    // A quotation mark inside of a cell is a character like any other, and the cells that are quoted stay so.
    return { rows: parse(text, { ...options, relax_quotes: true }), warnings: [] };
  } catch {
    const warnings = ['A quotation mark is never closed, so that all of them were read as plain characters.'];
    return { rows: parse(text, { ...options, quote: null }), warnings };
  }
}

/** Without the blank lines inside of a table: where rows of the same width go on, it is the same table. */
function joinRuns(rows: readonly string[][]): string[][] {
  const isBlank = (row: readonly string[]) => row.every((cell) => cell.trim() === '');
  const joined: string[][] = [];
  let widthBefore: number | undefined;
  let blank: string[] | undefined;
  for (const row of rows) {
    if (isBlank(row)) {
      blank ??= row;
      continue;
    }
    if (blank !== undefined && row.length !== widthBefore) joined.push(blank);
    joined.push(row);
    blank = undefined;
    widthBefore = row.length;
  }
  return joined;
}

const delimiters = [',', ';', '\t', '|'] as const;
const SAMPLE_CHARACTERS = 20_000;

/** The character that cuts most lines into the same number of cells, two at least; quoted text is not looked at. */
function sniffDelimiter(text: string): string {
  const sample = text.slice(0, SAMPLE_CHARACTERS).replace(/"[^"]*"/g, '');
  const lines = sample.split(/\r\n?|\n/).filter((line) => line.trim() !== '');
  const scores = delimiters.map((delimiter) => {
    const frequencies = new Map<number, number>();
    for (const line of lines) {
      const count = line.split(delimiter).length - 1;
      if (count > 0) frequencies.set(count, (frequencies.get(count) ?? 0) + 1);
    }
    const [commonest] = [...frequencies].toSorted((a, b) => b[1] - a[1] || b[0] - a[0]);
    return { delimiter, lines: commonest?.[1] ?? 0, count: commonest?.[0] ?? 0 };
  });
  return scores.toSorted((a, b) => b.lines - a.lines || b.count - a.count)[0]?.delimiter ?? ',';
}
