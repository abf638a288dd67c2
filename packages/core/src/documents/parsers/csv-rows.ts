import { finished } from 'node:stream/promises';
import { parse } from 'csv-parse';

/** How the cells of a table are told apart. */
export interface CsvDialect {
  delimiter: string;
  /** Whether cells may stand in quotation marks; else these are characters like any other. */
  isQuoted: boolean;
}

/** Longer is no row of a table, but what follows a quotation mark that is never closed. */
const ROW_BYTES_MAX = 20_000_000;

/**
 * The rows of a table, those of a piece of its text at a time, and no more of it held than that.
 * @throws an error of the parser when a quotation mark is never closed.
 */
export async function* readCsvRows(
  pieces: Iterable<string>,
  { delimiter, isQuoted }: CsvDialect,
): AsyncGenerator<string[][]> {
  const parser = parse({
    delimiter,
    bom: true,
    relax_column_count: true,
    skip_empty_lines: false,
    max_record_size: ROW_BYTES_MAX,
    // A quotation mark inside of a cell is a character like any other, and the cells that are quoted stay so.
    ...(isQuoted ? { relax_quotes: true } : { quote: null }),
  });
  expectAnyLength(parser);
  let rows: string[][] = [];
  parser.on('data', (row: string[]) => rows.push(row));
  const take = () => {
    const taken = rows;
    rows = [];
    return taken;
  };
  const ended = finished(parser);
  // It is waited for at the end; until then a piece that fails tells.
  ended.catch(() => undefined);
  try {
    for (const piece of pieces) {
      await new Promise<void>((resolve, reject) => {
        parser.write(piece, (error) => (error ? reject(error) : resolve()));
      });
      yield take();
    }
    parser.end();
    await ended;
    yield take();
  } finally {
    parser.destroy();
  }
}

/**
 * Rows may have any number of cells. Of each that has not as many as the first the parser all the same makes an error with its stack, to be
 * thrown away: 30 µs for a blank line. Where its insides change, this changes nothing.
 */
function expectAnyLength(parser: object): void {
  const { state } = (parser as { api?: { state?: { record?: unknown[] } } }).api ?? {};
  if (state === undefined) return;
  Object.defineProperty(state, 'expectedRecordLength', { get: () => state.record?.length, set: ignore });
}

function ignore(): void {}

/** Whether quotation marks come in pairs, as far as the parser minds. */
export async function isEveryQuoteClosed(pieces: Iterable<string>, delimiter: string): Promise<boolean> {
  try {
    const batches = readCsvRows(pieces, { delimiter, isQuoted: true });
    while ((await batches.next()).done !== true);
    return true;
  } catch {
    return false;
  }
}

const delimiters = [',', ';', '\t', '|'] as const;
export const DELIMITER_SAMPLE_CHARACTERS = 20_000;

/** The character that cuts most lines into the same number of cells, two at least; quoted text is not looked at. */
export function sniffDelimiter(start: string): string {
  const sample = start.slice(0, DELIMITER_SAMPLE_CHARACTERS).replace(/"[^"]*"/g, '');
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
