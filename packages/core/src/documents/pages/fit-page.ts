/** Twice the width of the panel on a screen of two pixels a point: sharp when it is enlarged, and some 200 KB of text. */
const PIXELS_WIDE = 1_600;
/** Of the longer side: what no page is drawn finer than, however odd its shape. */
const PIXELS_LONG_MAX = 2_400;

/** Pixels for one unit of a page. @param scaleMax a picture gains nothing by being drawn larger than it is. */
export function pageScale(width: number, height: number, scaleMax = Number.POSITIVE_INFINITY): number {
  return Math.min(PIXELS_WIDE / Math.max(1, width), PIXELS_LONG_MAX / Math.max(1, width, height), scaleMax);
}

export function pixelsOf(length: number, scale: number): number {
  return Math.max(1, Math.round(length * scale));
}
