import { type HtmlElement, type HtmlNode, isText, isUnseen, visibleText } from './html-node.ts';

/** Real spans are small; a hostile file may claim millions of columns. */
const SPAN_MAX = 50;
/** Longer cells are page layout, not data: as a table they would be one unreadable line. */
const CELL_CHARACTERS_MAX = 1500;

/**
 * The cells of a table as text. A cell that spans rows is repeated in each of them, so that every row reads alone.
 * `isLayout` tells that the table only places things on a page: one column, one cell a row, or cells as long as pages.
 */
export function readTable(table: HtmlElement): { rows: string[][]; isLayout: boolean } {
  const rows: string[][] = [];
  const held: { text: string; rowsLeft: number }[] = [];
  for (const row of elementsOf(table, 'tr')) {
    const cells: string[] = [];
    for (const cell of row.children) {
      if (!('attribs' in cell) || (cell.name !== 'td' && cell.name !== 'th')) continue;
      // Known at once, since tables that place others may be in each other hundreds of times.
      if (isLongerThan(cell, CELL_CHARACTERS_MAX)) return { rows: [], isLayout: true };
      takeHeld(held, cells);
      const text = visibleText(cell, 'with-addresses').replace(/\s+/g, ' ').trim();
      const rowsLeft = span(cell, 'rowspan') - 1;
      const columns = span(cell, 'colspan');
      for (let column = 0; column < columns; column += 1) {
        if (rowsLeft > 0) held[cells.length] = { text: column === 0 ? text : '', rowsLeft };
        cells.push(column === 0 ? text : '');
      }
    }
    takeHeld(held, cells);
    rows.push(cells);
  }
  const filled = rows.map((row) => row.filter((cell) => cell !== ''));
  const isLayout =
    table.attribs['role'] === 'presentation' ||
    filled.every((row) => row.length <= 1) ||
    filled.some((row) => row.some((cell) => cell.length > CELL_CHARACTERS_MAX));
  return { rows, isLayout };
}

/** Whether that many characters and more are shown, spaces aside; looks at no more of them. */
function isLongerThan(node: HtmlNode, charactersMax: number): boolean {
  let count = 0;
  const look = (each: HtmlNode): boolean => {
    if (isText(each)) count += each.data.replace(/\s+/g, '').length;
    else if ('attribs' in each && !isUnseen(each)) return each.children.some(look);
    return count > charactersMax;
  };
  return look(node);
}

/** Fills the next columns with cells that reach down from rows above. */
function takeHeld(held: { text: string; rowsLeft: number }[], cells: string[]): void {
  for (let cell = held[cells.length]; cell !== undefined && cell.rowsLeft > 0; cell = held[cells.length]) {
    cell.rowsLeft -= 1;
    cells.push(cell.text);
  }
}

function span(cell: HtmlElement, attribute: 'rowspan' | 'colspan'): number {
  const value = Number.parseInt(cell.attribs[attribute] ?? '1', 10);
  return Number.isNaN(value) ? 1 : Math.min(SPAN_MAX, Math.max(1, value));
}

/** Descendants of that name, not looking into tables inside. */
function elementsOf(parent: HtmlElement, name: string): HtmlElement[] {
  return parent.children.flatMap((child: HtmlNode) => {
    if (!('attribs' in child) || child.name === 'table') return [];
    return child.name === name ? [child] : elementsOf(child, name);
  });
}
