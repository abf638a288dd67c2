import { createCanonicalText } from '../canonical-text.ts';
import type { ParsedDocument } from '../parsed-document.ts';
import { unreadable } from '../unreadable.ts';
import { addRows } from './add-rows.ts';
import { readBiffSheet } from './biff-sheet.ts';
import { readBiffWorkbook } from './biff-workbook.ts';
import { openCompoundFile } from './compound-file.ts';
import { readSummaryTitle } from './ole-summary.ts';
import type { ParserInput } from './parser-input.ts';

/** Reads every sheet of a workbook of Excel 5 to 2003, as one of today is read. */
export async function parseXls(input: ParserInput): Promise<ParsedDocument> {
  const { fileName } = input;
  const file = openCompoundFile(input.bytes, fileName, input.budget);
  const stream = file.read('Workbook') ?? file.read('Book');
  if (stream === undefined) throw unreadable(fileName, 'corrupt');
  const workbook = readBiffWorkbook(Buffer.from(stream.buffer), fileName);
  const canonical = createCanonicalText({ fileName, charactersMax: input.limits.charactersMax });
  for (const { name, start } of workbook.sheets) {
    const { rows, asides } = readBiffSheet(workbook, start);
    if (asides.length === 0 && rows.every((row) => row.every((cell) => cell.trim() === ''))) continue;
    canonical.add({ kind: 'heading', level: 1, text: name, part: name });
    addRows(canonical, rows, { part: name });
    for (const text of asides) canonical.add({ kind: 'paragraph', text, part: name });
  }
  return {
    ...canonical.finish(),
    title: readSummaryTitle(file),
    mediaType: 'application/vnd.ms-excel',
    pageCount: null,
    warnings: [],
  };
}
