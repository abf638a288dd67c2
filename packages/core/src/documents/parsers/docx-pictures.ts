import type { OfficePictures } from './office-pictures.ts';
import type { Relationship } from './relationships.ts';

const START = '<w:drawing>';
const END = '</w:drawing>';

/**
 * Replaces each drawing that is a chart, a diagram or a picture of text by what it says, as a run reads it, because Mammoth
 * is given none of them. Drawings that hold text of their own (boxes, groups) stay. Scans forward only, so unclosed drawings cost nothing extra.
 */
export async function insertPictureTexts(
  documentXml: string,
  relationships: readonly Relationship[],
  pictures: OfficePictures,
  readDrawing: (path: string) => string[],
): Promise<string> {
  const parts: string[] = [];
  let from = 0;
  for (;;) {
    const start = documentXml.indexOf(START, from);
    const end = start < 0 ? -1 : documentXml.indexOf(END, start);
    if (end < 0) break;
    const drawing = documentXml.slice(start, end);
    const pathOf = (id: string | undefined) => relationships.find((relationship) => relationship.id === id)?.path;
    const picture = pathOf(/<a:blip\b[^>]*\br:embed="([^"]{1,100})"/.exec(drawing)?.[1]);
    const linked = pathOf(
      /<c:chart\b[^>]*\br:id="([^"]{1,100})"|<dgm:relIds\b[^>]*\br:dm="([^"]{1,100})"/
        .exec(drawing)
        ?.slice(1)
        .find(Boolean),
    );
    const texts: string[] = [];
    if (linked !== undefined) texts.push(...readDrawing(linked));
    else if (picture !== undefined && !drawing.includes('<w:txbxContent')) {
      texts.push(...(await pictures.read(picture, shownSize(drawing))));
    }
    parts.push(
      documentXml.slice(from, start),
      texts.length === 0 ? `${drawing}${END}` : `${texts.map(asRun).join('')}<w:br/>`,
    );
    from = end + END.length;
  }
  return [...parts, documentXml.slice(from)].join('');
}

function shownSize(drawing: string) {
  const extent = /<wp:extent\b[^>]*>/.exec(drawing)?.[0] ?? '';
  const [width, height] = ['cx', 'cy'].map((name) => new RegExp(`\\b${name}="(\\d{1,12})"`).exec(extent)?.[1]);
  return width === undefined || height === undefined ? undefined : { width: Number(width), height: Number(height) };
}

/** What a run of text holds, on lines of its own. */
export function asRun(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replaceAll('&', '&amp;').replaceAll('<', '&lt;'))
    .map((line) => `<w:br/><w:t xml:space="preserve">${line}</w:t>`)
    .join('');
}
