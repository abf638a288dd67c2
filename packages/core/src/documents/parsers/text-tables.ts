/** Rules between rows: of dashes alone, or crossed by what parts the columns. */
const rule = /^[\s|+:=\-─━═┼╪╬├┤┬┴┌┐└┘╔╗╚╝╠╣╦╩╭╮╰╯│║]+$/u;
const edge = /[|│║]/u;

/** The rows of a table that is drawn with characters; undefined where no rule shows the columns. */
export function readDrawnTable(lines: readonly string[]): string[][] | undefined {
  if (lines.length < 3) return undefined;
  return readEdged(lines) ?? readSpaced(lines);
}

/** Every line is a rule, or has its cells parted by bars. */
function readEdged(lines: readonly string[]): string[][] | undefined {
  const isRule = (line: string) => rule.test(line) && /[-=─━═]{3}/u.test(line);
  if (!lines.some(isRule) || !lines.every((line) => isRule(line) || edge.test(line))) return undefined;
  const rows: { cells: string[]; isAfterRule: boolean }[] = [];
  let isAfterRule = false;
  for (const line of lines) {
    if (isRule(line)) isAfterRule = true;
    else {
      rows.push({ cells: cellsOf(line), isAfterRule });
      isAfterRule = false;
    }
  }
  const width = rows[0]?.cells.length ?? 0;
  if (width < 2 || rows.length < 2 || rows.some(({ cells }) => cells.length !== width)) return undefined;
  // With rules between all rows, what stands between two of them is one row of several lines.
  const ruled = rows.filter((row, index) => index > 1 && row.isAfterRule).length;
  return ruled === 0 ? rows.map(({ cells }) => cells) : joinBetweenRules(rows);
}

function joinBetweenRules(rows: readonly { cells: string[]; isAfterRule: boolean }[]): string[][] {
  const joined: string[][] = [];
  for (const [index, { cells, isAfterRule }] of rows.entries()) {
    const last = joined.at(-1);
    if (last === undefined || isAfterRule || index === 0) joined.push([...cells]);
    else for (const [column, cell] of cells.entries()) last[column] = `${last[column] ?? ''} ${cell}`.trim();
  }
  return joined;
}

function cellsOf(line: string): string[] {
  const inner = line
    .trim()
    .replace(/^[|│║]/u, '')
    .replace(/[|│║]$/u, '');
  return inner.split(edge).map((cell) => cell.trim());
}

const columnRule = /^\s*[-=]{2,}(?:\s+[-=]{2,})+\s*$/;

/** Names above dashes, which are as wide as the columns, and rows below. */
function readSpaced(lines: readonly string[]): string[][] | undefined {
  // Some draw a rule above the names as well.
  const [header = '', dashes = '', ...body] = columnRule.test(lines[0] ?? '') ? lines.slice(1) : lines;
  if (!columnRule.test(dashes) || /\t/.test(lines.join(''))) return undefined;
  const starts = [...dashes.matchAll(/[-=]+/g)].map(({ index }) => index);
  const toRow = (line: string) =>
    starts.map((start, column) => line.slice(column === 0 ? 0 : start, starts[column + 1] ?? line.length).trim());
  // A cell that is wider than its column would be cut in two.
  const isCut = (line: string) => starts.slice(1).some((start) => /\S\S/.test(line.slice(start - 1, start + 1)));
  const rows = [header, ...body.filter((line) => !/^[\s=-]+$/.test(line))];
  return rows.some(isCut) || rows.length < 2 ? undefined : rows.map(toRow);
}
