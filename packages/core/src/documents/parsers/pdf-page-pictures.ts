import { OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PdfPage } from './open-pdf.ts';
import { listPdfOperators } from './pdf-operators.ts';

export interface PagePictures {
  /** Pixels per point of the finest picture on the page; 0 when there is none. */
  finest: number;
  /** How much of the page pictures cover, as a share of its area; those that overlap count twice. */
  share: number;
  /** Text that is there and not shown: what a scanner that recognises text lays under its picture. */
  hasHiddenText: boolean;
}

const INVISIBLE = 3;

/** What pictures lie on a page, from the operators that draw it. */
export async function readPagePictures(page: PdfPage): Promise<PagePictures> {
  const [left = 0, bottom = 0, right = 0, top = 0] = page.view;
  const pageArea = Math.max(1, Math.abs((right - left) * (top - bottom)));
  const found: PagePictures = { finest: 0, share: 0, hasHiddenText: false };
  for (const { operator, args, matrix } of await listPdfOperators(page)) {
    if (operator === OPS.setTextRenderingMode) found.hasHiddenText ||= args[0] === INVISIBLE;
    const width = pictureWidth(operator, args);
    if (width === undefined) continue;
    const [a = 0, b = 0, c = 0, d = 0] = matrix;
    found.share += Math.abs(a * d - b * c) / pageArea;
    found.finest = Math.max(found.finest, width / Math.max(1, Math.hypot(a, b)));
  }
  return found;
}

/** Pixels across, for the operators that draw one picture. Scans of two colours are drawn as masks. */
function pictureWidth(operator: number, args: readonly unknown[]): number | undefined {
  if (operator === OPS.paintImageXObject) return typeof args[1] === 'number' ? args[1] : undefined;
  if (operator !== OPS.paintImageMaskXObject && operator !== OPS.paintInlineImageXObject) return undefined;
  const [picture] = args;
  const width: unknown = typeof picture === 'object' && picture !== null ? Reflect.get(picture, 'width') : undefined;
  return typeof width === 'number' ? width : undefined;
}
