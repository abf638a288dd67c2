import { type DocFile, docTables } from './doc-file.ts';
import { escapeXml } from './escape-xml.ts';

const LIST_BYTES = 28;
const LEVEL_BYTES = 28;
const OVERRIDE_BYTES = 16;
const LEVELS = 9;
const SIMPLE = 1;
const IN_DIGITS = 4;
const NO_RESTART = 8;
const HAS_START = 0x10;
const HAS_LEVEL = 0x20;

/** How numbers are written ([MS-OSHARED] 2.2.1.3), by the names they have today. */
const formats = new Map([
  [1, 'upperRoman'],
  [2, 'lowerRoman'],
  [3, 'upperLetter'],
  [4, 'lowerLetter'],
  [5, 'ordinal'],
  [22, 'decimalZero'],
  [23, 'bullet'],
  [58, 'russianLower'],
  [59, 'russianUpper'],
  [255, 'none'],
]);

/** The lists of a document ([MS-DOC] 2.9.147 and 2.9.131), told as a document of today tells them; undefined where it has none. */
export function numberingXml({ tableAt }: Pick<DocFile, 'tableAt'>): string | undefined {
  const { content: lists, behind: levels } = tableAt(docTables.lists);
  const { content: overrides } = tableAt(docTables.listOverrides);
  if (lists.byteLength < 2 || overrides.byteLength < 4) return undefined;
  const count = Math.min(lists.readUInt16LE(0), Math.floor((lists.byteLength - 2) / LIST_BYTES));
  const families: string[] = [];
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    const head = lists.subarray(2 + index * LIST_BYTES, 2 + (index + 1) * LIST_BYTES);
    let xml = '';
    for (let level = 0; level < ((head.readUInt8(26) & SIMPLE) === 0 ? LEVELS : 1); level += 1) {
      const read = readLevel(levels.subarray(at), level);
      xml += read.xml;
      at += read.length;
    }
    families.push(`<w:abstractNum w:abstractNumId="${head.readUInt32LE(0)}">${xml}</w:abstractNum>`);
  }
  return families.join('') + overridesXml(overrides);
}

function readLevel(bytes: Buffer, level: number): { xml: string; length: number } {
  if (bytes.byteLength < LEVEL_BYTES + 2) return { xml: '', length: bytes.byteLength };
  const flags = bytes.readUInt8(5);
  const textAt = LEVEL_BYTES + bytes.readUInt8(24) + bytes.readUInt8(25);
  const characters = textAt + 2 > bytes.byteLength ? 0 : bytes.readUInt16LE(textAt);
  const text = bytes.toString('utf16le', textAt + 2, textAt + 2 + characters * 2);
  // The number of a level stands as that character: 0 for the first level.
  const signs = Array.from(text.replaceAll('%', ''), (sign) =>
    sign.charCodeAt(0) < LEVELS ? `%${sign.charCodeAt(0) + 1}` : sign,
  );
  const pattern = escapeXml(signs.join(''));
  const format = formats.get(bytes.readUInt8(4)) ?? 'decimal';
  const xml = `<w:lvl w:ilvl="${level}"><w:start w:val="${bytes.readInt32LE(0)}"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${pattern}"/>${
    (flags & IN_DIGITS) === 0 ? '' : '<w:isLgl/>'
  }${(flags & NO_RESTART) === 0 ? '' : `<w:lvlRestart w:val="${bytes.readUInt8(26)}"/>`}</w:lvl>`;
  return { xml, length: textAt + 2 + characters * 2 };
}

/** The lists that paragraphs name, by their place; some begin elsewhere than the list they are of. */
function overridesXml(bytes: Buffer): string {
  const count = Math.min(bytes.readUInt32LE(0), Math.floor((bytes.byteLength - 4) / OVERRIDE_BYTES));
  let at = 4 + count * OVERRIDE_BYTES;
  let xml = '';
  for (let index = 0; index < count; index += 1) {
    const head = 4 + index * OVERRIDE_BYTES;
    const own: string[] = [];
    at += 4;
    for (let left = bytes.readUInt8(head + 12); left > 0 && at + 8 <= bytes.byteLength; left -= 1) {
      const flags = bytes.readUInt8(at + 4);
      const level = flags & 0x0f;
      const read = (flags & HAS_LEVEL) === 0 ? { xml: '', length: 0 } : readLevel(bytes.subarray(at + 8), level);
      const start = (flags & HAS_START) === 0 ? '' : `<w:startOverride w:val="${bytes.readInt32LE(at)}"/>`;
      own.push(`<w:lvlOverride w:ilvl="${level}">${start}${read.xml}</w:lvlOverride>`);
      at += 8 + read.length;
    }
    const family = bytes.readUInt32LE(head);
    xml += `<w:num w:numId="${index + 1}"><w:abstractNumId w:val="${family}"/>${own.join('')}</w:num>`;
  }
  return xml;
}
