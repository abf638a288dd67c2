import { attributeOf, childElements, nameOf, type XmlElement } from './xml-tree.ts';

/** Files repeat their last cell and row up to the edge of the sheet; a filled one is repeated no more often than this. */
const REPEATS_MAX = 1_000;

/** The rows of a table or sheet; `cellText` reads what stands in a cell. Empty rows are given once. */
export function* readOpenDocumentRows(table: XmlElement, cellText: (cell: XmlElement) => string): Generator<string[]> {
  for (const element of childElements(table)) {
    const name = nameOf(element);
    if (name === 'table-row') {
      const row = readRow(element, cellText);
      const isEmpty = row.every((cell) => cell === '');
      const repeats = isEmpty ? 1 : repeatsOf(element, 'number-rows-repeated');
      for (let repeat = 0; repeat < repeats; repeat += 1) yield row;
    } else if (name.startsWith('table-row') || name === 'table-header-rows')
      yield* readOpenDocumentRows(element, cellText);
  }
}

function readRow(row: XmlElement, cellText: (cell: XmlElement) => string): string[] {
  const cells: string[] = [];
  for (const cell of childElements(row)) {
    if (nameOf(cell) !== 'table-cell' && nameOf(cell) !== 'covered-table-cell') continue;
    const text = nameOf(cell) === 'table-cell' ? cellText(cell) : '';
    const repeats = repeatsOf(cell, 'number-columns-repeated');
    for (let repeat = 0; repeat < repeats; repeat += 1) cells.push(text);
  }
  while (cells.at(-1) === '') cells.pop();
  return cells;
}

function repeatsOf(element: XmlElement, attribute: string): number {
  const value = Number.parseInt(attributeOf(element, attribute) ?? '1', 10);
  return Number.isNaN(value) ? 1 : Math.min(REPEATS_MAX, Math.max(1, value));
}
