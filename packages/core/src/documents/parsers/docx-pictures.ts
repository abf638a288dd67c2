import type { OfficePictures } from './office-pictures.ts';
import type { Relationship } from './relationships.ts';

const START = '<w:drawing>';
const END = '</w:drawing>';

/**
 * Replaces each drawing that is a picture of text by that text, as a run reads it, because Mammoth is given no pictures.
 * Drawings that hold text of their own (boxes, groups) stay. Scans forward only, so unclosed drawings cost nothing extra.
 */
export async function insertPictureTexts(
  documentXml: string,
  relationships: readonly Relationship[],
  pictures: OfficePictures,
): Promise<string> {
  const parts: string[] = [];
  let from = 0;
  for (;;) {
    const start = documentXml.indexOf(START, from);
    const end = start < 0 ? -1 : documentXml.indexOf(END, start);
    if (end < 0) break;
    const drawing = documentXml.slice(start, end);
    const id = /<a:blip\b[^>]*\br:embed="([^"]{1,100})"/.exec(drawing)?.[1];
    const path = relationships.find((relationship) => relationship.id === id)?.path;
    const hasText = drawing.includes('<w:txbxContent');
    const texts = path === undefined || hasText ? [] : await pictures.read(path, shownSize(drawing));
    parts.push(documentXml.slice(from, start), texts.length === 0 ? `${drawing}${END}` : texts.map(asRun).join(''));
    from = end + END.length;
  }
  return [...parts, documentXml.slice(from)].join('');
}

function shownSize(drawing: string) {
  const extent = /<wp:extent\b[^>]*>/.exec(drawing)?.[0] ?? '';
  const [width, height] = ['cx', 'cy'].map((name) => new RegExp(`\\b${name}="(\\d{1,12})"`).exec(extent)?.[1]);
  return width === undefined || height === undefined ? undefined : { width: Number(width), height: Number(height) };
}

function asRun(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<w:br/><w:t xml:space="preserve">${escaped}</w:t>`;
}
