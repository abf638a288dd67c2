/** An amount, a date, a measurement, or the mark that stands for none. */
export function isFigure(cell: string): boolean {
  if (/^[-–—✓✔✗✘×]$/u.test(cell)) return true;
  const letters = cell.match(/\p{L}/gu)?.length ?? 0;
  return /\d/.test(cell) && letters <= 0.4 * cell.length;
}

/** What speaks for a table beside the way its text stands. */
export interface TableEvidence {
  /** Lines are drawn across it. */
  isRuled: boolean;
  /** All columns begin at one place each, from the left. */
  isLeftAligned: boolean;
}

const FILLED_SHARE_MIN = 0.6;
const COLUMN_FILLED_SHARE_MIN = 0.4;
const FIGURES_SHARE_MIN = 0.6;

/**
 * Whether cells that stand in columns are a table, and not prose in columns, a list, a table of contents, a form, code or
 * the names of authors side by side. A table that is missed is still read, line by line; prose that is taken for one is not.
 */
export function isTable(rows: readonly string[][], evidence: TableEvidence): boolean {
  const width = rows[0]?.length ?? 0;
  if (width < 2 || rows.length < 3) return false;
  const columns = Array.from({ length: width }, (_, column) => rows.map((row) => row[column] ?? ''));
  const filled = rows.flat().filter((cell) => cell !== '');
  if (filled.length < FILLED_SHARE_MIN * rows.length * width) return false;
  if (columns.some((column) => filledOf(column).length < COLUMN_FILLED_SHARE_MIN * rows.length)) return false;
  if (isContents(rows, columns) || isList(columns) || isForm(filled) || isCode(filled)) return false;
  if (!isNamed(rows) || columns.some(isProse)) return false;
  return isShort(columns, evidence) && (evidence.isRuled || hasFigures(columns) || isWideText(columns, evidence));
}

function hasFigures(columns: readonly string[][]): boolean {
  return columns.slice(1).some((column) => {
    const body = filledOf(column.slice(1));
    return body.length >= 2 && body.filter(isFigure).length >= FIGURES_SHARE_MIN * body.length;
  });
}

/** Without figures: three columns and five rows at least, all set from the left. Authors have addresses below their names. */
function isWideText(columns: readonly string[][], { isLeftAligned }: TableEvidence): boolean {
  const cells = columns.flat();
  if (columns.length < 3 || (columns[0]?.length ?? 0) < 5 || !isLeftAligned) return false;
  return !cells.some((cell) => cell.includes('@')) && meanLength(cells) <= 25;
}

function isShort(columns: readonly string[][], { isRuled }: TableEvidence): boolean {
  const lengths = columns.map(meanLength);
  const [longest = 0, second = 0] = lengths.toSorted((one, other) => other - one);
  // Prose in columns is long in each of them.
  if (Math.min(...lengths) > 20) return false;
  if (isRuled) return longest <= 120 && second <= 60;
  return longest <= (columns.length > 2 ? 60 : 45) && second <= 30;
}

const leader = /(?:[.·…_]\s?){4,}/;
const pageNumber = /^(?:\d{1,4}|[ivxl]{1,6})$/;

/** Titles with their pages, which never go down. */
export function isContents(rows: readonly string[][], columns: readonly string[][]): boolean {
  if (rows.filter((row) => leader.test(row.join(' '))).length > 0.3 * rows.length) return true;
  const pages = filledOf(columns.at(-1) ?? []);
  if (columns.length > 3 || !pages.every((page) => pageNumber.test(page))) return false;
  const numbers = pages.map(Number).filter((page) => !Number.isNaN(page));
  return numbers.every((page, index) => index === 0 || page >= (numbers[index - 1] ?? 0));
}

const itemMark = /^(?:[•‣◦▪▫●○■□·*–—-]|\(?\d{1,3}[.)]|\(?\p{L}[.)]|\[\w{1,8}\])$/u;

function isList(columns: readonly string[][]): boolean {
  // Rows of wider tables are numbered as well, in the first column.
  return columns.slice(columns.length === 2 ? 0 : 1, -1).some((column) => {
    const marks = filledOf(column).filter((cell) => itemMark.test(cell));
    return marks.length >= 0.5 * filledOf(column).length;
  });
}

function isForm(filled: readonly string[]): boolean {
  return filled.filter((cell) => /[:_]$/.test(cell)).length > 0.25 * filled.length;
}

function isCode(filled: readonly string[]): boolean {
  return filled.filter((cell) => /[{};=]|\(\)|\/\/|=>/.test(cell)).length > 0.2 * filled.length;
}

/** Lines of one text, which go on in the next line. */
function isProse(column: readonly string[]): boolean {
  const cells = filledOf(column);
  return meanLength(cells) > 25 && cells.filter((cell) => /^\p{Ll}/u.test(cell)).length >= 0.4 * cells.length;
}

/** Something in a table says in words what its figures are: its first column, or one of the rows that its names may be in. */
export function isNamed(rows: readonly string[][]): boolean {
  return [rows[0] ?? [], rows[1] ?? [], rows.map((row) => row[0] ?? '')].some((cells) => {
    const filled = filledOf(cells);
    const named = filled.filter((cell) => /\p{L}{3}|\p{Lo}/u.test(cell));
    return named.length > 0 && named.length >= 0.5 * filled.length;
  });
}

function filledOf(column: readonly string[]): string[] {
  return column.filter((cell) => cell !== '');
}

function meanLength(cells: readonly string[]): number {
  const filled = filledOf(cells);
  return filled.reduce((sum, cell) => sum + cell.length, 0) / Math.max(1, filled.length);
}
