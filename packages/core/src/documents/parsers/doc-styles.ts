import { type DocFile, docTables } from './doc-file.ts';
import type { DocLayout } from './doc-layouts.ts';
import { readSprms, sprm } from './doc-sprms.ts';
import { escapeXml } from './escape-xml.ts';

/** The names by which the rest knows styles that Word made; in the file they are in the language of its writer. */
const names = new Map([
  [0, 'Normal'],
  ...Array.from({ length: 9 }, (_, index) => [1 + index, `heading ${index + 1}`] as const),
  ...Array.from({ length: 9 }, (_, index) => [19 + index, `toc ${index + 1}`] as const),
  [29, 'footnote text'],
  [30, 'annotation text'],
  [31, 'header'],
  [32, 'footer'],
  [34, 'caption'],
  [45, 'macro'],
  [62, 'Title'],
  [74, 'Subtitle'],
  [101, 'HTML Preformatted'],
]);
const KIND_MASK = 0x0f;
const PARAGRAPH = 1;
const NO_STYLE = 0xfff;

export interface DocStyle {
  /** By which paragraphs name it. */
  index: number;
  /** Of the style that it is built on. */
  base: number;
  name: string;
  /** What it sets for paragraphs, and for their characters. */
  properties: Buffer;
  looks: Buffer;
}

/** The styles of paragraphs ([MS-DOC] 2.9.271). */
export function listStyles({ tableAt, layout }: Pick<DocFile, 'tableAt' | 'layout'>): DocStyle[] {
  const sheet = tableAt(docTables.styles).content;
  if (sheet.byteLength < 8) return [];
  const headBytes = sheet.readUInt16LE(0);
  const count = sheet.readUInt16LE(2);
  const baseBytes = sheet.readUInt16LE(4);
  const styles: (DocStyle | undefined)[] = [];
  let at = 2 + headBytes;
  for (let index = 0; index < count && at + 2 <= sheet.byteLength; index += 1) {
    const length = sheet.readUInt16LE(at);
    const style = sheet.subarray(at + 2, at + 2 + length);
    if (style.byteLength > baseBytes + 2) styles.push(readStyle(style, { baseBytes, index, layout }));
    at += 2 + length;
  }
  return styles.filter((style) => style !== undefined);
}

function readStyle(
  style: Buffer,
  { baseBytes, index, layout }: { baseBytes: number; index: number; layout: DocLayout },
): DocStyle | undefined {
  const linkage = style.readUInt16LE(2);
  if ((linkage & KIND_MASK) !== PARAGRAPH) return undefined;
  // The length of its name comes first, and a character of 0 behind it.
  const width = layout.isOld ? 1 : 2;
  const start = baseBytes + width;
  const end = start + style.readUIntLE(baseBytes, width) * width;
  const own = style.toString(layout.isOld ? 'latin1' : 'utf16le', start, end);
  const parts = partsIn(style.subarray(end + width), end + width);
  return {
    index,
    base: linkage >> 4,
    name: names.get(style.readUInt16LE(0) & 0xfff) ?? own,
    // Properties of its paragraphs begin with the style's number.
    properties: layout.sprmsOf((parts[0] ?? Buffer.alloc(0)).subarray(2)),
    looks: layout.sprmsOf(parts[1] ?? Buffer.alloc(0)),
  };
}

/** The styles of paragraphs, told as a document of today tells them. */
export function stylesXml(doc: Pick<DocFile, 'tableAt' | 'layout'>): string {
  return listStyles(doc)
    .map(({ index, base, name, properties, looks }) => {
      const start = `<w:style w:type="paragraph" ${index === 0 ? 'w:default="1" ' : ''}w:styleId="s${index}"><w:name w:val="${escapeXml(name)}"/>`;
      const basedOn = base === NO_STYLE ? '' : `<w:basedOn w:val="s${base}"/>`;
      return `${start}${basedOn}<w:pPr>${paragraphXml(properties)}</w:pPr><w:rPr>${lookXml(looks)}</w:rPr></w:style>`;
    })
    .join('');
}

/** What is set for paragraphs, and what for characters: each with its length before it, at an even place of the style. */
function partsIn(rest: Buffer, place: number): Buffer[] {
  const parts: Buffer[] = [];
  let at = place % 2;
  while (at + 2 <= rest.byteLength && parts.length < 2) {
    const length = rest.readUInt16LE(at);
    parts.push(rest.subarray(at + 2, at + 2 + length));
    at += 2 + length + (length % 2);
  }
  return parts;
}

function paragraphXml(sprms: Buffer): string {
  let outline = '';
  let list = '';
  let level = '';
  for (const { code, value } of readSprms(sprms)) {
    if (code === sprm.outlineLevel) outline = `<w:outlineLvl w:val="${value.readUInt8(0)}"/>`;
    else if (code === sprm.listNumber) list = `<w:numId w:val="${value.readUInt16LE(0)}"/>`;
    else if (code === sprm.listLevel) level = `<w:ilvl w:val="${value.readUInt8(0)}"/>`;
  }
  return list + level === '' ? outline : `${outline}<w:numPr>${level}${list}</w:numPr>`;
}

/** How characters look, as far as it tells headings from text. */
export function lookXml(sprms: Buffer): string {
  let xml = '';
  for (const { code, value } of readSprms(sprms)) {
    // 0x80 is as in the style, 0x81 the opposite.
    if (code === sprm.bold && value.readUInt8(0) !== 0x80)
      xml += value.readUInt8(0) === 0 ? '<w:b w:val="0"/>' : '<w:b/>';
    else if (code === sprm.halfPoints) xml += `<w:sz w:val="${value.readUInt16LE(0)}"/>`;
  }
  return xml;
}
