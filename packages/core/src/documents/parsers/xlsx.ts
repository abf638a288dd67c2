import { createCanonicalText } from '../canonical-text.ts';
import type { ParsedFile } from '../parsed-document.ts';
import { unreadable } from '../unreadable.ts';
import { addRows } from './add-rows.ts';
import { openOfficeEmbeddedFiles } from './office-embedded-files.ts';
import { findMainPart } from './office-main-part.ts';
import { readCoreTitle } from './office-package.ts';
import { openOfficePictures } from './office-pictures.ts';
import type { ParserInput } from './parser-input.ts';
import { type Relationship, readRelationships } from './relationships.ts';
import { readSheetComments } from './xlsx-comments.ts';
import { readPicturesInCells, readSheetDrawings } from './xlsx-drawings.ts';
import { readNumberStyles } from './xlsx-numbers.ts';
import { readSharedStrings, readSheetRows } from './xlsx-sheet.ts';
import { attributeOf, descendants, firstDescendant, readXmlPart, type XmlElement } from './xml-tree.ts';
import { openZip, type ZipArchive } from './zip-archive.ts';

const XLSX_MEDIA_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Reads every sheet of a workbook in its order, values as shown, formulas by their last result, then what lies on it. */
export async function parseXlsx(input: ParserInput): Promise<ParsedFile> {
  const { fileName } = input;
  const archive = openZip(input);
  const path = findMainPart(archive, 'xlsx', fileName);
  const workbook = readXmlPart(archive, path, fileName);
  if (workbook === undefined) throw unreadable(fileName, 'corrupt');
  const relationships = readRelationships(archive, path, fileName);
  const partOf = (type: string, usual: string) => relationships.find((other) => other.type === type)?.path ?? usual;
  const strings = archive.read(partOf('sharedStrings', 'xl/sharedStrings.xml'));
  const date1904 = attributeOf(firstDescendant(workbook, 'workbookPr') ?? workbook, 'date1904');
  const context = {
    fileName,
    sharedStrings: strings === undefined ? [] : readSharedStrings(strings, fileName),
    numberStyles: readNumberStyles(readXmlPart(archive, partOf('styles', 'xl/styles.xml'), fileName)),
    startsIn1904: date1904 === '1' || date1904 === 'true',
  };
  const canonical = createCanonicalText({ fileName, charactersMax: input.limits.charactersMax });
  const pictures = openOfficePictures(archive, input);
  const embedded = openOfficeEmbeddedFiles(archive, input);
  for (const { name, path: part, bytes } of listSheets(archive, workbook, relationships)) {
    embedded.add(part, () => bytes);
    const addresses = new Map(readRelationships(archive, part, fileName).map(({ id, address }) => [id, address]));
    const addressOf = (id: string) => addresses.get(id);
    const rows = readSheetRows(bytes, { ...context, addressOf });
    const asides = readSheetComments(archive, part, fileName);
    asides.push(...(await readSheetDrawings(archive, part, fileName, pictures)));
    if (asides.length === 0 && rows.every((row) => row.every((cell) => cell.trim() === ''))) continue;
    canonical.add({ kind: 'heading', level: 1, text: name, part: name });
    addRows(canonical, rows, { part: name });
    for (const text of asides) canonical.add({ kind: 'paragraph', text, part: name });
  }
  const inCells = await readPicturesInCells(archive, fileName, pictures);
  if (inCells.length > 0) canonical.add({ kind: 'heading', level: 1, text: 'Pictures in cells' });
  for (const text of inCells) canonical.add({ kind: 'paragraph', text });
  return {
    ...canonical.finish(),
    title: readCoreTitle(archive, fileName),
    mediaType: XLSX_MEDIA_TYPE,
    pageCount: null,
    warnings: [...pictures.warnings(), ...embedded.found],
  };
}

/** A sheet that is a chart has a title, and no cells. */
function* listSheets(archive: ZipArchive, workbook: XmlElement, relationships: readonly Relationship[]) {
  for (const sheet of descendants(workbook, 'sheet')) {
    const target = relationships.find(({ id }) => id === attributeOf(sheet, 'id'));
    const isRead = target?.type === 'worksheet' || target?.type === 'chartsheet';
    const bytes = isRead ? archive.read(target.path) : undefined;
    if (target !== undefined && bytes !== undefined) {
      yield { name: attributeOf(sheet, 'name') ?? '', path: target.path, bytes };
    }
  }
}
