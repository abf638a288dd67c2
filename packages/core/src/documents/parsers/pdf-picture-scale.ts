import type { PdfPage } from './open-pdf.ts';
import { readPagePictures } from './pdf-page-pictures.ts';

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
  const { finest } = await readPagePictures(page);
  const wanted = finest === 0 ? PIXELS_LONG_MAX / long : finest;
  return Math.min(PIXELS_LONG_MAX / long, Math.max(PIXELS_LONG_MIN / long, wanted));
}
