import { createCanvas } from '@napi-rs/canvas';
import { AnnotationMode, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { eraseRules } from '../recognition/erase-rules.ts';
import type { PdfPage } from './open-pdf.ts';
import { pictureScale } from './pdf-picture-scale.ts';

export interface DrawnPage {
  /** The page in grey as a PNM file; undefined when nothing is on it. */
  picture: Uint8Array | undefined;
  pixelsPerPoint: number;
}

/** Grey values of a blank page differ less than this: paper is never quite even on a scan. */
const BLANK_RANGE_MAX = 24;

const textOperators: ReadonlySet<number> = new Set([
  OPS.showText,
  OPS.showSpacedText,
  OPS.nextLineShowText,
  OPS.nextLineSetSpacingShowText,
]);

/**
 * Draws a page, upright as it is displayed, without what was filled into its fields.
 * @param options `isTextLeftOut`: draws its pictures alone, where its text is known already.
 */
export async function drawPdfPage(page: PdfPage, { isTextLeftOut = false } = {}): Promise<DrawnPage> {
  const scale = await pictureScale(page);
  const viewport = page.getViewport({ scale });
  const width = Math.max(1, Math.floor(viewport.width));
  const height = Math.max(1, Math.floor(viewport.height));
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  // The library's canvas has the browser's interface, and not its types.
  const target = { canvas: canvas as never, canvasContext: context as never };
  await page.render({
    ...target,
    viewport,
    background: '#ffffff',
    // Fields are then left to the page that shows it, and so not drawn.
    annotationMode: AnnotationMode.ENABLE_FORMS,
    ...(isTextLeftOut && {
      operationsFilter: (index, { fnArray }) => !textOperators.has(fnArray[index] ?? 0),
    }),
  }).promise;
  const grey = toGrey(context.getImageData(0, 0, width, height).data);
  eraseRules(grey, width, height);
  const header = Buffer.from(`P5\n${width} ${height}\n255\n`, 'latin1');
  return { picture: isBlank(grey) ? undefined : Buffer.concat([header, grey]), pixelsPerPoint: scale };
}

function toGrey(rgba: Uint8ClampedArray): Uint8Array {
  const grey = new Uint8Array(rgba.length / 4);
  for (let index = 0; index < grey.length; index += 1) {
    const at = 4 * index;
    // Luma of ITU-R BT.601 in 1/256.
    grey[index] = ((rgba[at] ?? 0) * 77 + (rgba[at + 1] ?? 0) * 150 + (rgba[at + 2] ?? 0) * 29) >> 8;
  }
  return grey;
}

function isBlank(grey: Uint8Array): boolean {
  let lowest = 255;
  let highest = 0;
  for (const value of grey) {
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  return highest - lowest < BLANK_RANGE_MAX;
}
