import type { CanonicalText } from '../canonical-text.ts';
import type { PageBox } from '../parsed-document.ts';
import { joinWrappedLines } from '../parsers/join-wrapped-lines.ts';
import type { RecognisedPage } from './recognised-page.ts';

/**
 * Adds the paragraphs of a picture as blocks.
 * @param pixelsPerUnit of the picture, in the page's own unit (points of a PDF page; 1 for an image).
 */
export function addRecognisedPage(
  canonical: CanonicalText,
  { paragraphs }: RecognisedPage,
  page: number,
  pixelsPerUnit: number,
): void {
  for (const { lines, box } of paragraphs) {
    const boxes = box && [scale(box, 1 / pixelsPerUnit)];
    canonical.add({ kind: 'paragraph', text: joinWrappedLines(lines), page, boxes });
  }
}

function scale({ x, y, width, height }: PageBox, factor: number): PageBox {
  return { x: x * factor, y: y * factor, width: width * factor, height: height * factor };
}
