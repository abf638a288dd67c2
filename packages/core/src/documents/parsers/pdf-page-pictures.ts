import { OPS, Util } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PdfPage } from './open-pdf.ts';

export interface PagePictures {
  /** Pixels per point of the finest picture on the page; 0 when there is none. */
  finest: number;
  /** How much of the page pictures cover, as a share of its area; those that overlap count twice. */
  share: number;
  /** Text that is there and not shown: what a scanner that recognises text lays under its picture. */
  hasHiddenText: boolean;
}

const identity = [1, 0, 0, 1, 0, 0];
const INVISIBLE = 3;

/** What pictures lie on a page, from the operators that draw it. */
export async function readPagePictures(page: PdfPage): Promise<PagePictures> {
  const { fnArray, argsArray } = await page.getOperatorList();
  const [left = 0, bottom = 0, right = 0, top = 0] = page.view;
  const pageArea = Math.max(1, Math.abs((right - left) * (top - bottom)));
  const found: PagePictures = { finest: 0, share: 0, hasHiddenText: false };
  const stack: number[][] = [];
  let matrix = identity;
  fnArray.forEach((operator, index) => {
    const args: unknown[] = argsArray[index] ?? [];
    if (operator === OPS.setTextRenderingMode) found.hasHiddenText ||= args[0] === INVISIBLE;
    else if (operator === OPS.save) stack.push(matrix);
    else if (operator === OPS.restore || operator === OPS.paintFormXObjectEnd) matrix = stack.pop() ?? identity;
    else if (operator === OPS.transform) matrix = Util.transform(matrix, args);
    else if (operator === OPS.paintFormXObjectBegin) {
      stack.push(matrix);
      if (isMatrix(args[0])) matrix = Util.transform(matrix, args[0]);
    } else {
      const width = pictureWidth(operator, args);
      if (width === undefined) return;
      const [a = 0, b = 0, c = 0, d = 0] = matrix;
      found.share += Math.abs(a * d - b * c) / pageArea;
      found.finest = Math.max(found.finest, width / Math.max(1, Math.hypot(a, b)));
    }
  });
  return found;
}

function isMatrix(value: unknown): value is number[] {
  return (Array.isArray(value) || ArrayBuffer.isView(value)) && Reflect.get(value, 'length') === 6;
}

/** Pixels across, for the operators that draw one picture. Scans of two colours are drawn as masks. */
function pictureWidth(operator: number, args: readonly unknown[]): number | undefined {
  if (operator === OPS.paintImageXObject) return typeof args[1] === 'number' ? args[1] : undefined;
  if (operator !== OPS.paintImageMaskXObject && operator !== OPS.paintInlineImageXObject) return undefined;
  const [picture] = args;
  const width: unknown = typeof picture === 'object' && picture !== null ? Reflect.get(picture, 'width') : undefined;
  return typeof width === 'number' ? width : undefined;
}
