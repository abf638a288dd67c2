import { OPS, Util } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PdfPage } from './open-pdf.ts';

interface PdfOperator {
  /** One of `OPS`. */
  operator: number;
  args: readonly unknown[];
  /** From the coordinates the operator is written in to those of the page. */
  matrix: readonly number[];
}

const identity = [1, 0, 0, 1, 0, 0];

/** Lists what draws a page, each with where it draws; what only moves about is left out. */
export async function listPdfOperators(page: PdfPage): Promise<PdfOperator[]> {
  const { fnArray, argsArray } = await page.getOperatorList();
  const found: PdfOperator[] = [];
  const stack: number[][] = [];
  let matrix = identity;
  fnArray.forEach((operator, index) => {
    const args: unknown[] = argsArray[index] ?? [];
    if (operator === OPS.save) stack.push(matrix);
    else if (operator === OPS.restore || operator === OPS.paintFormXObjectEnd) matrix = stack.pop() ?? identity;
    else if (operator === OPS.transform) matrix = Util.transform(matrix, args);
    else if (operator === OPS.paintFormXObjectBegin) {
      stack.push(matrix);
      if (isMatrix(args[0])) matrix = Util.transform(matrix, args[0]);
    } else found.push({ operator, args, matrix });
  });
  return found;
}

function isMatrix(value: unknown): value is number[] {
  return (Array.isArray(value) || ArrayBuffer.isView(value)) && Reflect.get(value, 'length') === 6;
}

/** One of the signs of `OPS.showText`: what it means, several letters for a ligature, and how far it moves on in thousandths of the font size. */
export interface PdfGlyph {
  unicode: string;
  width: number;
}

/** Numbers among the glyphs are gaps. */
export function isGlyph(shown: unknown): shown is PdfGlyph {
  if (typeof shown !== 'object' || shown === null) return false;
  return typeof Reflect.get(shown, 'unicode') === 'string' && typeof Reflect.get(shown, 'width') === 'number';
}
