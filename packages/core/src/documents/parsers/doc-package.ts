import type { Damage } from './damage.ts';
import { type DocFile, docTables, readPositions } from './doc-file.ts';
import type { DocLayout } from './doc-layouts.ts';
import { numberingXml } from './doc-lists.ts';
import { type DocParagraph, type DocText, openDocText } from './doc-paragraphs.ts';
import { type DocPictures, openDocPictures } from './doc-pictures.ts';
import { stylesXml } from './doc-styles.ts';
import { escapeXml } from './escape-xml.ts';

const wordNamespace = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const packageNamespace = 'http://schemas.openxmlformats.org/package/2006';
const officeNamespace = 'http://schemas.openxmlformats.org/officeDocument/2006';
const drawingNamespace = 'http://schemas.openxmlformats.org/drawingml/2006';
const namespaces = `xmlns:w="${wordNamespace}" xmlns:r="${officeNamespace}/relationships" xmlns:a="${drawingNamespace}/main" xmlns:wp="${drawingNamespace}/wordprocessingDrawing"`;
const BODY_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';

/** Six stories of separators between text and notes stand before the headers and footers of sections. */
const SEPARATORS = 6;
const INITIALS_MAX = 9;

/**
 * What a document of today holds, part by part, made of an old one: text, pictures and what says how it is ordered, nothing of
 * how it looks. What is damaged beside the body is counted and left out.
 */
export function docPackage(doc: DocFile, damage: Damage): Record<string, string | Uint8Array> {
  const pictures = openDocPictures(doc, damage);
  const text = openDocText(doc, pictures, damage);
  const notes = noteKinds.flatMap((kind) => damage.attempt(() => readNotes(doc, text, kind)) ?? []);
  const references = new Map([...pictures.floating, ...notes.flatMap(({ references: each }) => each)]);
  const body = doc.story('body');
  const boxes = doc.story('boxes');
  const blocks =
    blocksXml(text.paragraphs(body.start, body.end, references)) + blocksXml(text.paragraphs(boxes.start, boxes.end));
  const numbering = damage.attempt(() => numberingXml(doc));
  const styles = damage.attempt(() => stylesXml(doc)) ?? '';
  const part = (name: string, content: string) => `<w:${name} ${namespaces}>${content}</w:${name}>`;
  return {
    '[Content_Types].xml': `<Types xmlns="${packageNamespace}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${BODY_TYPE}"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${packageNamespace}/relationships"><Relationship Id="r1" Target="word/document.xml" Type="${officeNamespace}/relationships/officeDocument"/></Relationships>`,
    'word/document.xml': part('document', `<w:body>${blocks}</w:body>`),
    'word/styles.xml': part('styles', styles),
    ...(numbering !== undefined && { 'word/numbering.xml': part('numbering', numbering) }),
    ...Object.fromEntries(notes.map(({ name, content }) => [`word/${name}.xml`, part(name, content)])),
    'word/header1.xml': part('hdr', damage.attempt(() => headersXml(doc, text)) ?? ''),
    ...pictureParts(pictures),
  };
}

function pictureParts({ files, idOf }: DocPictures): Record<string, string | Uint8Array> {
  const relations = [...files.keys()].map(
    (path) => `<Relationship Id="${idOf(path)}" Target="${path}" Type="${officeNamespace}/relationships/image"/>`,
  );
  return {
    ...Object.fromEntries([...files].map(([path, bytes]) => [`word/${path}`, bytes])),
    ...(files.size > 0 && {
      'word/_rels/document.xml.rels': `<Relationships xmlns="${packageNamespace}/relationships">${relations.join('')}</Relationships>`,
    }),
  };
}

function blocksXml(paragraphs: readonly DocParagraph[]): string {
  let xml = '';
  let rows = '';
  let cells = '';
  let cell = '';
  const endRow = () => {
    if (cell !== '') cells += `<w:tc>${cell}</w:tc>`;
    if (cells !== '') rows += `<w:tr>${cells}</w:tr>`;
    [cell, cells] = ['', ''];
  };
  const endTable = () => {
    endRow();
    if (rows !== '') xml += `<w:tbl>${rows}</w:tbl>`;
    rows = '';
  };
  for (const paragraph of paragraphs) {
    if (!paragraph.isInTable) {
      endTable();
      xml += paragraphXml(paragraph);
    } else if (paragraph.endsRow && paragraph.endsCell) endRow();
    else {
      cell += paragraphXml(paragraph);
      if (!paragraph.endsCell) continue;
      cells += `<w:tc>${cell}</w:tc>`;
      cell = '';
    }
  }
  endTable();
  return xml;
}

function paragraphXml({ runs, style, list }: DocParagraph): string {
  const level = list.level === undefined ? '' : `<w:ilvl w:val="${list.level}"/>`;
  const number = list.number === undefined ? '' : `<w:numId w:val="${list.number}"/>`;
  const numbering = level + number === '' ? '' : `<w:numPr>${level}${number}</w:numPr>`;
  return `<w:p><w:pPr><w:pStyle w:val="s${style}"/>${numbering}</w:pPr>${runs}</w:p>`;
}

const noteKinds = [
  { name: 'footnotes', element: 'footnote', places: docTables.footnoteReferences, texts: docTables.footnoteTexts },
  { name: 'endnotes', element: 'endnote', places: docTables.endnoteReferences, texts: docTables.endnoteTexts },
  { name: 'comments', element: 'comment', places: docTables.commentReferences, texts: docTables.commentTexts },
] as const;

/** Notes or comments, each with what refers to it at its place in the body. */
function readNotes(doc: DocFile, text: DocText, { name, element, places, texts }: (typeof noteKinds)[number]) {
  const found = readPositions(doc.tableAt(places).content, name === 'comments' ? doc.layout.commentBytes : 2).slice(
    0,
    -1,
  );
  const bounds = readPositions(doc.tableAt(texts).content, 0).map(({ position }) => position);
  const { start, end } = doc.story(name);
  const references: [number, string][] = [];
  let content = '';
  let reached = start;
  for (const [index, { position, data }] of found.entries()) {
    // Notes stand one behind the other: text that two of them claim is of the first.
    const from = Math.max(reached, start + (bounds[index] ?? 0));
    reached = Math.max(from, Math.min(end, start + (bounds[index + 1] ?? 0)));
    const paragraphs = text.paragraphs(from, reached);
    const initials = name === 'comments' ? ` w:initials="${escapeXml(initialsIn(data, doc.layout))}"` : '';
    content += `<w:${element} w:id="${index + 1}"${initials}>${blocksXml(paragraphs)}</w:${element}>`;
    references.push([position, `<w:r><w:${element}Reference w:id="${index + 1}"/></w:r>`]);
  }
  return { name, content, references };
}

function initialsIn(comment: Buffer, { isOld }: DocLayout): string {
  if (isOld) return comment.toString('latin1', 1, 1 + Math.min(INITIALS_MAX, comment.readUInt8(0)));
  return comment.toString('utf16le', 2, 2 + 2 * Math.min(INITIALS_MAX, comment.readUInt16LE(0)));
}

function headersXml(doc: DocFile, text: DocText): string {
  const { start, end } = doc.story('headers');
  const bounds = readPositions(doc.tableAt(docTables.headers).content, 0).map(({ position }) => position);
  const from = bounds[SEPARATORS];
  const boxes = doc.story('headerBoxes');
  const headers = from === undefined ? [] : text.paragraphs(Math.min(end, start + from), end);
  return [...headers, ...text.paragraphs(boxes.start, boxes.end)].map(paragraphXml).join('');
}
