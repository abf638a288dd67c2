import { readLinkedDrawing } from './linked-drawing.ts';
import type { OfficePictures } from './office-pictures.ts';
import { readChartTitles } from './pptx-chart.ts';
import { extentOf, listShapes, type SlidePart } from './pptx-shapes.ts';
import { readRelationships } from './relationships.ts';
import { childElements, readXmlPart, type XmlElement } from './xml-tree.ts';
import type { ZipArchive } from './zip-archive.ts';

/** What lies on a sheet, in the order it was drawn: text boxes, diagrams, what pictures say, titles of charts, which else repeat its cells. */
export async function readSheetDrawings(
  archive: ZipArchive,
  sheetPath: string,
  fileName: string,
  pictures: OfficePictures,
): Promise<string[]> {
  const texts: string[] = [];
  for (const { type, path } of readRelationships(archive, sheetPath, fileName)) {
    if (type !== 'drawing') continue;
    const root = readXmlPart(archive, path, fileName);
    const relationships = readRelationships(archive, path, fileName);
    for (const anchor of root === undefined ? [] : childElements(root)) {
      for (const part of listShapes(anchor)) texts.push(...(await readPart(part, anchor)));
    }

    async function readPart(part: SlidePart, anchor: XmlElement): Promise<string[]> {
      if (part.type === 'text' || part.type === 'title') return [part.text];
      const linked = part.type === 'table' ? undefined : relationships.find(({ id }) => id === part.relationshipId);
      if (linked === undefined) return [];
      if (part.type === 'picture') return pictures.read(linked.path, part.size ?? extentOf(anchor));
      if (linked.type !== 'chart') return readLinkedDrawing(archive, linked.path, fileName);
      const chart = readXmlPart(archive, linked.path, fileName);
      return chart === undefined ? [] : readChartTitles(chart);
    }
  }
  return texts.filter((text) => text.trim() !== '');
}

/** Pictures that were put into cells, not onto the sheet: the workbook keeps them in a list of their own. */
export async function readPicturesInCells(
  archive: ZipArchive,
  fileName: string,
  pictures: OfficePictures,
): Promise<string[]> {
  const texts: string[] = [];
  for (const { type, path } of readRelationships(archive, 'xl/richData/richValueRel.xml', fileName)) {
    if (type === 'image') texts.push(...(await pictures.read(path, undefined)));
  }
  return texts;
}
