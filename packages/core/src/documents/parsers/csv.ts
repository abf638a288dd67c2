import { type CanonicalText, createCanonicalText } from '../canonical-text.ts';
import { charsetOf } from '../media-type.ts';
import type { ParsedDocument } from '../parsed-document.ts';
import { tooLongTable, unsupported } from '../unreadable.ts';
import { captionOf, type OpenTable, openTable } from './add-rows.ts';
import {
  type CsvDialect,
  DELIMITER_SAMPLE_CHARACTERS,
  isEveryQuoteClosed,
  readCsvRows,
  sniffDelimiter,
} from './csv-rows.ts';
import { type RunSummary, readRuns, summariseRuns } from './csv-runs.ts';
import { decodeInPieces } from './decode-text.ts';
import { cleanCell } from './format-table.ts';
import type { ParserInput } from './parser-input.ts';

/** What of a file is decoded and taken apart at once. */
const PIECE_BYTES = 64 * 1024;

/** The text of a file, from its beginning each time. */
type ReadText = () => Iterable<string>;

/**
 * Reads a table of separated values, whatever separates them, as Markdown tables that repeat its header. It is read as a
 * stream, and handed over in parts where somebody takes them: beside the file's bytes no more than a part of it is held.
 */
export async function parseCsv(input: ParserInput): Promise<ParsedDocument> {
  const { fileName, limits, onPart } = input;
  const charactersMax = onPart === undefined ? limits.charactersMax : limits.tableCharactersMax;
  const tooLong = (characters?: number) => tooLongTable(fileName, characters, charactersMax);
  const read = decode(input);
  const { start, length, holdsQuotes } = lookThrough(read());
  if (length > charactersMax) throw tooLong(length);
  const delimiter = sniffDelimiter(start);
  const isQuoted = holdsQuotes && (await isEveryQuoteClosed(read(), delimiter));
  const canonical = createCanonicalText({ fileName, charactersMax, tooLarge: tooLong });
  const stretches = addRuns(canonical, read, { delimiter, isQuoted });
  while ((await stretches.next()).done !== true) {
    const part = onPart && canonical.takePart(limits.partCharacters);
    if (part !== undefined) await onPart?.(part);
  }
  const unclosed = 'A quotation mark is never closed, so that all of them were read as plain characters.';
  return {
    ...canonical.finish(),
    title: null,
    mediaType: delimiter === '\t' ? 'text/tab-separated-values' : 'text/csv',
    pageCount: null,
    warnings: holdsQuotes && !isQuoted ? [unclosed] : [],
  };
}

function decode({ bytes, fileName, mediaType, limits }: ParserInput): ReadText {
  const pieceBytes = Math.min(PIECE_BYTES, limits.partCharacters);
  const read = decodeInPieces(bytes, { declaredCharset: charsetOf(mediaType), pieceBytes });
  if (read === undefined) throw unsupported(fileName, 'unknown-type');
  return read;
}

function lookThrough(pieces: Iterable<string>): { start: string; length: number; holdsQuotes: boolean } {
  let start = '';
  let length = 0;
  let holdsQuotes = false;
  for (const piece of pieces) {
    if (start.length < DELIMITER_SAMPLE_CHARACTERS) start += piece;
    length += piece.length;
    holdsQuotes ||= piece.includes('"');
  }
  return { start, length, holdsQuotes };
}

/**
 * Adds each run of rows between blank lines as a table of its own, with what stands in single cells above it as captions.
 * Which columns hold something is known when a run has been read to its end: another reading runs ahead to find out, of
 * which nothing else is kept. Yields after each stretch of rows.
 */
async function* addRuns(canonical: CanonicalText, read: ReadText, dialect: CsvDialect): AsyncGenerator<void> {
  const runs = () => readRuns(readCsvRows(read(), dialect));
  const summaries = summariseRuns(runs());
  let run: RunSummary = { captionCount: 0, columns: [] };
  let captions = 0;
  let table: OpenTable | undefined;
  for await (const { isFirst, rows } of runs()) {
    if (isFirst) {
      table?.end();
      const { value } = await summaries.next();
      [run, captions, table] = [value as RunSummary, 0, undefined];
    }
    for (const row of rows) {
      if (captions < run.captionCount) {
        captions += 1;
        canonical.add({ kind: 'paragraph', text: captionOf(row) });
        continue;
      }
      const cells = run.columns.map((column) => cleanCell(row[column] ?? ''));
      if (table === undefined) table = openTable(canonical, cells);
      else table.add(cells);
    }
    yield;
  }
  table?.end();
}
