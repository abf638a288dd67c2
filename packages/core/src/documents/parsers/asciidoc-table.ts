/** How a cell is set, right before its bar: how many columns and rows it takes, how it is aligned, what it holds. */
const cellLook = /(^|\s)(\d{0,2})(?:\.\d{1,2})?(?:[+*])?[<^>.]{0,4}[adehlmsv]?$/;
const COLUMNS_MAX = 100;

/** The rows between the bars of an AsciiDoc table: as many cells each as its first line has, or as `cols` says. */
export function asciidocRows(lines: readonly string[], look: string): string[][] {
  const filled = lines.filter((line) => line.trim() !== '' && !line.startsWith('//'));
  const columns = columnsOf(look) ?? Math.max(1, splitCells(filled[0] ?? '').length);
  const cells = splitCells(filled.join('\n'));
  const rows: string[][] = [];
  for (let at = 0; at < cells.length; at += columns) rows.push(cells.slice(at, at + columns));
  return rows;
}

function splitCells(text: string): string[] {
  const pieces = text.split(/(?<!\\)\|/);
  const cells: string[] = [];
  let span = 1;
  for (const [index, piece] of pieces.entries()) {
    const look = index === pieces.length - 1 ? '' : (cellLook.exec(piece)?.[0] ?? '');
    const content = piece.slice(0, piece.length - look.length);
    if (index > 0)
      cells.push(content.replaceAll('\\|', '|').replace(/\s+/g, ' ').trim(), ...SPANNED.slice(0, span - 1));
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
