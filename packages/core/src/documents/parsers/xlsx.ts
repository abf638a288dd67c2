import { createCanonicalText } from '../canonical-text.ts';
import type { ParsedDocument } from '../parsed-document.ts';
import { unreadable } from '../unreadable.ts';
import { addRows } from './add-rows.ts';
import { countPictures, pictureWarnings, readCoreTitle } from './office-package.ts';
import type { ParserInput } from './parser-input.ts';
import { readRelationships } from './relationships.ts';
import { readNumberStyles } from './xlsx-numbers.ts';
import { readSharedStrings, readSheetRows } from './xlsx-sheet.ts';
import { attributeOf, descendants, firstDescendant, readXmlPart, type XmlElement } from './xml-tree.ts';
import { openZip, type ZipArchive } from './zip-archive.ts';

const XLSX_MEDIA_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const WORKBOOK = 'xl/workbook.xml';

/** Reads every sheet of a workbook in its order, values as shown, formulas by their last result. */
export function parseXlsx(input: ParserInput): ParsedDocument {
  const { fileName } = input;
  const archive = openZip(input.bytes, fileName, input.budget);
  const workbook = readXmlPart(archive, WORKBOOK, fileName);
  if (workbook === undefined) throw unreadable(fileName, 'corrupt');
  const strings = archive.read('xl/sharedStrings.xml');
  const date1904 = attributeOf(firstDescendant(workbook, 'workbookPr') ?? workbook, 'date1904');
  const context = {
    fileName,
    sharedStrings: strings === undefined ? [] : readSharedStrings(strings, fileName),
    numberStyles: readNumberStyles(readXmlPart(archive, 'xl/styles.xml', fileName)),
    startsIn1904: date1904 === '1' || date1904 === 'true',
  };
  const canonical = createCanonicalText({ fileName, charactersMax: input.limits.charactersMax });
  for (const sheet of listSheets(archive, workbook, fileName)) {
    const rows = readSheetRows(sheet.bytes, context);
    if (rows.every((row) => row.every((cell) => cell.trim() === ''))) continue;
    canonical.add({ kind: 'heading', level: 1, text: sheet.name, part: sheet.name });
    addRows(canonical, rows, { part: sheet.name });
  }
  return {
    ...canonical.finish(),
    title: readCoreTitle(archive, fileName),
    mediaType: XLSX_MEDIA_TYPE,
    pageCount: null,
    warnings: pictureWarnings(countPictures(archive)),
  };
}

function* listSheets(archive: ZipArchive, workbook: XmlElement, fileName: string) {
  const relationships = readRelationships(archive, WORKBOOK, fileName);
  for (const sheet of descendants(workbook, 'sheet')) {
    const target = relationships.find(({ id }) => id === attributeOf(sheet, 'id'));
    const bytes = target?.type === 'worksheet' ? archive.read(target.path) : undefined;
    if (bytes !== undefined) yield { name: attributeOf(sheet, 'name') ?? '', bytes };
  }
}
