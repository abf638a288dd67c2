import { type DocFile, docTables, readPositions } from './doc-file.ts';
import { numberingXml } from './doc-lists.ts';
import { type DocParagraph, type DocText, openDocText } from './doc-paragraphs.ts';
import { stylesXml } from './doc-styles.ts';
import { escapeXml } from './escape-xml.ts';

const wordNamespace = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const packageNamespace = 'http://schemas.openxmlformats.org/package/2006';
const officeNamespace = 'http://schemas.openxmlformats.org/officeDocument/2006';
const BODY_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';

/** Six stories of separators between text and notes stand before the headers and footers of sections. */
const SEPARATORS = 6;
const COMMENT_BYTES = 30;
const INITIALS_MAX = 9;

/** What a document of today holds, part by part, made of an old one: text and what says how it is ordered, nothing of how it looks. */
export function docPackage(doc: DocFile): Record<string, string> {
  const text = openDocText(doc);
  const notes = listNotes(doc, text);
  const references = new Map(notes.flatMap(({ references: each }) => each));
  const body = doc.story('body');
  const boxes = doc.story('boxes');
  const blocks =
    blocksXml(text.paragraphs(body.start, body.end, references)) + blocksXml(text.paragraphs(boxes.start, boxes.end));
  const numbering = numberingXml(doc);
  const part = (name: string, content: string) => `<w:${name} xmlns:w="${wordNamespace}">${content}</w:${name}>`;
  return {
    '[Content_Types].xml': `<Types xmlns="${packageNamespace}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${BODY_TYPE}"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${packageNamespace}/relationships"><Relationship Id="r1" Target="word/document.xml" Type="${officeNamespace}/relationships/officeDocument"/></Relationships>`,
    'word/document.xml': part('document', `<w:body>${blocks}</w:body>`),
    'word/styles.xml': part('styles', stylesXml(doc.tableAt(docTables.styles).content)),
    ...(numbering !== undefined && { 'word/numbering.xml': part('numbering', numbering) }),
    ...Object.fromEntries(notes.map(({ name, content }) => [`word/${name}.xml`, part(name, content)])),
    'word/header1.xml': part('hdr', headersXml(doc, text)),
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

/** Notes and comments, each with what refers to it at its place in the body. */
function listNotes(doc: DocFile, text: DocText) {
  return noteKinds.map(({ name, element, places, texts }) => {
    const found = readPositions(doc.tableAt(places).content, name === 'comments' ? COMMENT_BYTES : 2).slice(0, -1);
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
      const initials = name === 'comments' ? ` w:initials="${escapeXml(initialsIn(data))}"` : '';
      content += `<w:${element} w:id="${index + 1}"${initials}>${blocksXml(paragraphs)}</w:${element}>`;
      references.push([position, `<w:r><w:${element}Reference w:id="${index + 1}"/></w:r>`]);
    }
    return { name, content, references };
  });
}

function initialsIn(comment: Buffer): string {
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
