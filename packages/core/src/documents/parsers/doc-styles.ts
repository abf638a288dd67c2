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

/** The styles of paragraphs ([MS-DOC] 2.9.271), told as a document of today tells them. */
export function stylesXml(sheet: Buffer): string {
  if (sheet.byteLength < 8) return '';
  const headBytes = sheet.readUInt16LE(0);
  const count = sheet.readUInt16LE(2);
  const baseBytes = sheet.readUInt16LE(4);
  const pieces: string[] = [];
  let at = 2 + headBytes;
  for (let index = 0; index < count && at + 2 <= sheet.byteLength; index += 1) {
    const length = sheet.readUInt16LE(at);
    const style = sheet.subarray(at + 2, at + 2 + length);
    if (style.byteLength > baseBytes + 2) pieces.push(styleXml(style, baseBytes, index));
    at += 2 + length;
  }
  return pieces.join('');
}

function styleXml(style: Buffer, baseBytes: number, index: number): string {
  const linkage = style.readUInt16LE(2);
  if ((linkage & KIND_MASK) !== PARAGRAPH) return '';
  const nameBytes = style.readUInt16LE(baseBytes) * 2;
  const own = style.toString('utf16le', baseBytes + 2, baseBytes + 2 + nameBytes);
  const name = names.get(style.readUInt16LE(0) & 0xfff) ?? own;
  const base = linkage >> 4;
  const parts = partsIn(style.subarray(baseBytes + 4 + nameBytes));
  // Properties of its paragraphs begin with the style's number.
  const properties = paragraphXml((parts[0] ?? Buffer.alloc(0)).subarray(2));
  const looks = lookXml(parts[1] ?? Buffer.alloc(0));
  return `<w:style w:type="paragraph" ${index === 0 ? 'w:default="1" ' : ''}w:styleId="s${index}"><w:name w:val="${escapeXml(name)}"/>${
    base === NO_STYLE ? '' : `<w:basedOn w:val="s${base}"/>`
  }<w:pPr>${properties}</w:pPr><w:rPr>${looks}</w:rPr></w:style>`;
}

/** What is set for paragraphs, and what for characters: each with its length before it, at an even place. */
function partsIn(rest: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  let at = 0;
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
