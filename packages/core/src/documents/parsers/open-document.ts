import { type CanonicalText, createCanonicalText } from '../canonical-text.ts';
import type { ParsedFile } from '../parsed-document.ts';
import { unreadable } from '../unreadable.ts';
import { addRows } from './add-rows.ts';
import { openOfficePictures } from './office-pictures.ts';
import { insertCharts } from './open-document-charts.ts';
import { listOpenDocumentEmbeddedFiles } from './open-document-embedded-files.ts';
import { openOpenDocument } from './open-document-lock.ts';
import { createOpenDocumentNumbers, type OpenDocumentNumbers } from './open-document-numbers.ts';
import { insertFormulas, insertPictureTexts } from './open-document-pictures.ts';
import { readOpenDocumentRows } from './open-document-rows.ts';
import { addOpenDocumentText, cellText, listTitleStyles, paragraphsText } from './open-document-text.ts';
import type { ParserInput } from './parser-input.ts';
import { properTitle } from './placeholder-title.ts';
import {
  attributeOf,
  childElements,
  descendants,
  firstDescendant,
  nameOf,
  readXmlPart,
  textOf,
  type XmlElement,
} from './xml-tree.ts';
import type { ZipArchive } from './zip-archive.ts';

/** Reads an OpenDocument text, spreadsheet (each sheet a section) or presentation (each slide a section and a page). */
export async function parseOpenDocument(input: ParserInput): Promise<ParsedFile> {
  const { fileName, limits } = input;
  const archive = openOpenDocument(input);
  const document = readXmlPart(archive, 'content.xml', fileName);
  const body = firstDescendant(document, 'body');
  const content = body === undefined ? undefined : childElements(body)[0];
  if (content === undefined) throw unreadable(fileName, 'corrupt');
  const canonical = createCanonicalText({ fileName, charactersMax: limits.charactersMax });
  const slides = [...descendants(content, 'page')];
  if (slides.length > limits.pagesMax) throw unreadable(fileName, 'too-many-pages');
  const embedded = listOpenDocumentEmbeddedFiles(content, archive, input);
  const pictures = openOfficePictures(archive, input);
  insertFormulas(content, archive, fileName);
  if (nameOf(content) !== 'spreadsheet')
    insertCharts(content, nameOf(content) === 'text' ? 'text' : 'presentation', archive, fileName);
  await insertPictureTexts(content, pictures);
  const numbers = createOpenDocumentNumbers([readXmlPart(archive, 'styles.xml', fileName), document]);
  if (nameOf(content) === 'spreadsheet') addSheets(canonical, content);
  else if (nameOf(content) === 'text') {
    addOpenDocumentText({ canonical, numbers, titleStyles: listTitleStyles(document) }, content);
    for (const line of headerAndFooterLines(archive, fileName)) canonical.add({ kind: 'paragraph', text: line });
  } else slides.forEach((slide, index) => addSlide({ canonical, numbers, page: index + 1 }, slide));
  return {
    ...canonical.finish(),
    title: properTitle(titleIn(readXmlPart(archive, 'meta.xml', fileName))),
    mediaType: Buffer.from(archive.read('mimetype') ?? [])
      .toString('latin1')
      .trim(),
    pageCount: slides.length > 0 ? slides.length : null,
    warnings: [...pictures.warnings(), ...embedded],
  };
}

/** Among what is said of the document: where all parts are one file, pictures have titles too. */
function titleIn(root: XmlElement | undefined): string {
  return root === undefined ? '' : textOf(firstDescendant(childElements(root, 'meta')[0], 'title'));
}

function addSheets(canonical: CanonicalText, spreadsheet: XmlElement): void {
  for (const sheet of childElements(spreadsheet, 'table')) {
    const asides = childElements(sheet, 'shapes').map(paragraphsText);
    const rows = [...readOpenDocumentRows(sheet, (cell) => cellText(cell, asides))];
    if (asides.every((text) => text === '') && rows.every((row) => row.every((cell) => cell.trim() === ''))) continue;
    const name = attributeOf(sheet, 'name') ?? '';
    canonical.add({ kind: 'heading', level: 1, text: name, part: name });
    addRows(canonical, rows, { part: name });
    for (const text of asides) canonical.add({ kind: 'paragraph', text, part: name });
  }
}

function addSlide(
  place: { canonical: CanonicalText; numbers: OpenDocumentNumbers; page: number },
  slide: XmlElement,
): void {
  const { canonical, page } = place;
  const title = childElements(slide).find((shape) => attributeOf(shape, 'class') === 'title');
  const text = title === undefined ? '' : paragraphsText(title).replaceAll('\n', ' ');
  canonical.add({ kind: 'heading', level: 1, text: text.trim() === '' ? `Slide ${page}` : text, page });
  addOpenDocumentText(place, slide, title);
}

/** Page headers and footers, each distinct line once. */
function headerAndFooterLines(archive: ZipArchive, fileName: string): Set<string> {
  const styles = readXmlPart(archive, 'styles.xml', fileName);
  const masters = firstDescendant(styles, 'master-styles');
  const lines = new Set<string>();
  for (const kind of ['header', 'header-first', 'header-left', 'footer', 'footer-first', 'footer-left']) {
    for (const element of masters === undefined ? [] : descendants(masters, kind)) {
      const text = paragraphsText(element).trim();
      if (text !== '') lines.add(text);
    }
  }
  return lines;
}
