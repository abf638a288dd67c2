import { strFromU8, strToU8 } from 'fflate';
import { type ListDefinitions, type ParagraphNumbering, readListDefinitions } from './docx-numbering.ts';
import { NUMBER_MARK } from './docx-paragraphs.ts';
import { escapeXml } from './escape-xml.ts';
import { createListCounter } from './list-counter.ts';

/** Where paragraphs have properties. What stands in a choice is told again as what it falls back to, which is what is read. */
const place = /<w:p(?:\s[^<>]*)?>\s*<w:pPr>|<(\/?)mc:Choice[^<>]*>/g;
const END = '</w:pPr>';

/**
 * Writes before each numbered paragraph and heading the number that Word shows there, such as “4.2” or “(b)”. A file keeps only how
 * its lists are counted. Mammoth would count every list from 1, so to it all are lists of bullets from then on.
 */
export function insertNumbers(documentXml: string, parts: Map<string, Uint8Array>): string {
  const path = [...parts.keys()].find((name) => /^word\/numbering\d*\.xml$/.test(name));
  const numberingXml = path === undefined ? undefined : parts.get(path);
  if (path === undefined || numberingXml === undefined) return documentXml;
  const lists = readListDefinitions(numberingXml, parts.get('word/styles.xml'));
  const bulleted = strFromU8(numberingXml).replace(/(<w:numFmt\s[^<>]*?w:val=")[^"<>]*"/g, '$1bullet"');
  parts.set(path, strToU8(bulleted));
  const count = createListCounter(lists);
  const pieces: string[] = [];
  let from = 0;
  let choices = 0;
  place.lastIndex = 0;
  for (let match = place.exec(documentXml); match !== null; match = place.exec(documentXml)) {
    if (match[1] !== undefined) choices += match[1] === '' ? 1 : -1;
    if (match[1] !== undefined || choices > 0) continue;
    const { properties, end } = propertiesAt(documentXml, match.index + match[0].length);
    place.lastIndex = end;
    const numbering = isDeleted(properties) ? undefined : numberingOf(properties, lists);
    const label = numbering === undefined ? '' : count(numbering);
    if (label === '' || !hasText(documentXml, end)) continue;
    pieces.push(
      documentXml.slice(from, end),
      `<w:r ${NUMBER_MARK}><w:t xml:space="preserve">${escapeXml(label)} </w:t></w:r>`,
    );
    from = end;
  }
  return [...pieces, documentXml.slice(from)].join('');
}

/** Those in force; what they were before a tracked change stands among them. */
function propertiesAt(xml: string, start: number): { properties: string; end: number } {
  const close = indexAfter(xml, END, start);
  const properties = xml.slice(start, close);
  const change = /<w:pPrChange(?:\s[^<>]*)?>/.exec(properties);
  if (change === null || change[0].endsWith('/>')) return { properties, end: close };
  // What they were may be empty: only behind the change as a whole stands the end of those in force.
  const changeEnd = indexAfter(xml, '</w:pPrChange>', start + change.index);
  return { properties: properties.slice(0, change.index), end: indexAfter(xml, END, changeEnd) };
}

function indexAfter(xml: string, sign: string, from: number): number {
  const at = xml.indexOf(sign, from);
  return at < 0 ? xml.length : at + sign.length;
}

function numberingOf(properties: string, lists: ListDefinitions): ParagraphNumbering | undefined {
  const style = valueIn(properties, 'pStyle');
  const ofStyle = style === undefined ? undefined : lists.ofStyle(style);
  const listId = valueIn(properties, 'numId') ?? ofStyle?.listId;
  if (listId === undefined || listId === '0') return undefined;
  return { listId, level: Number(valueIn(properties, 'ilvl') ?? ofStyle?.level ?? 0) || 0 };
}

function valueIn(properties: string, name: string): string | undefined {
  return new RegExp(`<w:${name}\\s[^<>]*?w:val="([^"<>]{0,200})"`).exec(properties)?.[1];
}

/** A paragraph whose mark was deleted is one with the next. */
function isDeleted(properties: string): boolean {
  const mark = properties.indexOf('<w:rPr>');
  return mark >= 0 && /<w:del[\s/]/.test(properties.slice(mark));
}

/** The number of an empty paragraph counts and is shown, and means nothing to a reader of texts. */
function hasText(xml: string, from: number): boolean {
  const end = xml.indexOf('</w:p>', from);
  return /<w:t[\s>]|<w:(?:drawing|pict|sdt|object)[\s>]|<m:t[\s>]/.test(xml.slice(from, end < 0 ? undefined : end));
}
