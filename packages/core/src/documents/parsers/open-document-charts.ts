import { posix } from 'node:path';
import { formatRecord } from './format-table.ts';
import { readOpenDocumentRows } from './open-document-rows.ts';
import { paragraphsText } from './open-document-text.ts';
import { asParagraphs, asTable } from './xml-paragraphs.ts';
import { attributeOf, descendants, firstDescendant, readXmlPart, type XmlElement } from './xml-tree.ts';
import type { ZipArchive } from './zip-archive.ts';

/**
 * Puts what charts show into the text they stand in: a table on slides, in a text a line for each category. Each is a document of
 * its own, with its numbers. Charts of a sheet only repeat its cells.
 */
export function insertCharts(
  content: XmlElement,
  kind: 'text' | 'presentation',
  archive: ZipArchive,
  fileName: string,
): void {
  for (const object of descendants(content, 'object')) {
    const folder = posix.normalize(attributeOf(object, 'href') ?? '').replace(/\/$/, '');
    const body = firstDescendant(readXmlPart(archive, `${folder}/content.xml`, fileName), 'body');
    const chart = firstDescendant(body, 'chart');
    const numbers = firstDescendant(chart, 'table');
    if (numbers === undefined) continue;
    const title = firstDescendant(chart, 'title');
    const shown = title === undefined ? [] : [paragraphsText(title)];
    const rows = readNumbers(numbers);
    const parts =
      kind === 'text'
        ? [asParagraphs('draw:text-box', 'text:p', [...shown, ...listPoints(rows)])]
        : [asParagraphs('draw:text-box', 'text:p', shown), asTable(rows)];
    object.children = parts.filter((part) => part !== undefined);
  }
}

/** One row for each category, one column for each series; what has no number is empty. */
function readNumbers(table: XmlElement): string[][] {
  const rows = [...readOpenDocumentRows(table, paragraphsText)].map((row) =>
    row.map((cell) => (cell === 'NaN' ? '' : cell)),
  );
  const [header = [], ...points] = rows;
  return [[header[0] || 'Category', ...header.slice(1)], ...points];
}

function listPoints([header = [], ...points]: readonly string[][]): string[] {
  return points.map((cells) => formatRecord(header, cells).replaceAll('\n', ', '));
}
