import { formatRecord } from './format-table.ts';
import { readChart } from './pptx-chart.ts';
import { paragraphText } from './pptx-shapes.ts';
import { descendants, nameOf, readXmlPart } from './xml-tree.ts';
import type { ZipArchive } from './zip-archive.ts';

/** What a chart or diagram that is kept in a part of its own says, line by line; nothing for other parts. */
export function readLinkedDrawing(archive: ZipArchive, path: string, fileName: string): string[] {
  const root = readXmlPart(archive, path, fileName);
  if (root === undefined) return [];
  if (nameOf(root) !== 'chartSpace')
    return [...descendants(root, 'p')].map((paragraph) => paragraphText(paragraph)).filter((text) => text !== '');
  const { titles, rows } = readChart(root);
  const [header = [], ...points] = rows;
  const lines = points.map((cells) => formatRecord(header, cells).replaceAll('\n', ', '));
  return [...titles, ...lines].filter((line) => line !== '');
}
