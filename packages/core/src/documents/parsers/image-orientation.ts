/** EXIF orientations by the quarter turns they stand for, clockwise. */
const byQuarterTurns = [1, 6, 3, 8];

/** How to turn a picture upright: first as its camera says, then the other ways a page may lie. */
export function uprightTurns(picture: Uint8Array): number[] {
  const declared = declaredOrientation(picture);
  // Mirrored orientations (even ones, 5, 7) are made by programs, not by cameras: taken at their word alone.
  if (!byQuarterTurns.includes(declared)) return [declared];
  return [declared, ...byQuarterTurns.filter((orientation) => orientation !== declared)];
}

/** EXIF tag 0x0112, type 3 (short), count 1, in either byte order. */
// The tag is bytes, and bytes are what a Latin-1 string's characters are.
// oxlint-disable-next-line no-control-regex -- a tag is bytes
const orientationTag = /\x01\x12\0\x03\0\0\0\x01\0([\x01-\x08])|\x12\x01\x03\0\x01\0\0\0([\x01-\x08])\0/;
const EXIF_BYTES = 4096;

function declaredOrientation(picture: Uint8Array): number {
  const start = Buffer.from(picture.subarray(0, EXIF_BYTES)).toString('latin1');
  if (!start.includes('Exif\0\0')) return 1;
  const found = orientationTag.exec(start);
  return (found?.[1] ?? found?.[2] ?? '\x01').charCodeAt(0);
}
