import { OPS, Util } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PdfPage } from './open-pdf.ts';

/** A page of A4 at 300 dpi is this long: what recognition is trained for. Finer scans gain nothing. */
const PIXELS_LONG_MAX = 3508;
/** Letters of a coarser page would be too small to tell apart. */
const PIXELS_LONG_MIN = 2000;

/**
 * How many pixels a point of the page should get for recognition: as many as its finest picture has. Drawn coarser a scan
 * loses strokes; drawn finer its letters grow out of what the engine knows (a table at 72 dpi lost half of its cells).
 */
export async function pictureScale(page: PdfPage): Promise<number> {
  const { width, height } = page.getViewport({ scale: 1 });
  const long = Math.max(1, width, height);
  const finest = await finestPicture(page);
  const wanted = finest === 0 ? PIXELS_LONG_MAX / long : finest;
  return Math.min(PIXELS_LONG_MAX / long, Math.max(PIXELS_LONG_MIN / long, wanted));
}

const identity = [1, 0, 0, 1, 0, 0];

/** Pixels per point of the finest picture on the page; 0 when there is none. */
async function finestPicture(page: PdfPage): Promise<number> {
  const { fnArray, argsArray } = await page.getOperatorList();
  const stack: number[][] = [];
  let matrix = identity;
  let finest = 0;
  fnArray.forEach((operator, index) => {
    const args: unknown[] = argsArray[index] ?? [];
    if (operator === OPS.save) stack.push(matrix);
    else if (operator === OPS.restore) matrix = stack.pop() ?? identity;
    else if (operator === OPS.transform) matrix = Util.transform(matrix, args);
    else if (operator === OPS.paintImageXObject && typeof args[1] === 'number') {
      const [a = 0, b = 0] = matrix;
      finest = Math.max(finest, args[1] / Math.max(1, Math.hypot(a, b)));
    }
  });
  return finest;
}
