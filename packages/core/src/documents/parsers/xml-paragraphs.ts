import { parseDocument } from 'htmlparser2';
import type { XmlElement } from './xml-tree.ts';

/** An element of that name that holds each text as a paragraph; undefined where there is no text. */
export function asParagraphs(holder: string, paragraph: string, texts: readonly string[]): XmlElement | undefined {
  if (texts.length === 0) return undefined;
  const inner = texts.map((text) => `<${paragraph}>${escapeXml(text)}</${paragraph}>`);
  return parseDocument(`<${holder}>${inner.join('')}</${holder}>`, { xmlMode: true }).children[0] as XmlElement;
}

/** A table of OpenDocument with these cells. */
export function asTable(rows: readonly (readonly string[])[]): XmlElement {
  const asCell = (text: string) => `<table:table-cell><text:p>${escapeXml(text)}</text:p></table:table-cell>`;
  const inner = rows.map((cells) => `<table:table-row>${cells.map(asCell).join('')}</table:table-row>`);
  return parseDocument(`<table:table>${inner.join('')}</table:table>`, { xmlMode: true }).children[0] as XmlElement;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
