import { tiffSize } from './tiff-size.ts';

/** Pixels. */
export interface PictureSize {
  width: number;
  height: number;
}

/** What a scanner makes of two sheets at 600 dpi: more is a bomb. */
const PIXELS_MAX = 100_000_000;

/** Whether a picture says in its header that it unpacks to more than 100 megapixels: a few kilobytes can. */
export function hasTooManyPixels(picture: Uint8Array): boolean {
  const { width, height } = pictureSize(picture) ?? { width: 0, height: 0 };
  return width * height > PIXELS_MAX;
}

/**
 * The size of a PNG, GIF, JPEG, WebP, BMP or TIFF picture (of its first page) as its header gives it; undefined for other
 * kinds, and for damaged ones.
 */
export function pictureSize(picture: Uint8Array): PictureSize | undefined {
  const view = new DataView(picture.buffer, picture.byteOffset, picture.byteLength);
  if (view.byteLength < 30) return undefined;
  const start = view.getUint32(0);
  if (start === 0x89504e47) return { width: view.getUint32(16), height: view.getUint32(20) };
  if (start === 0x47494638) return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  if (start === 0x52494646 && view.getUint32(8) === 0x57454250) return webpSize(view);
  switch (view.getUint16(0)) {
    case 0xffd8:
      return jpegSize(view);
    case 0x424d:
      return bmpSize(view);
    case 0x4949:
    case 0x4d4d:
      return tiffSize(view);
    default:
      return undefined;
  }
}

/** Markers SOF0 to SOF15 start the picture; three of that range (C4, C8, CC) do not. */
const noFrames = new Set([0xc4, 0xc8, 0xcc]);

function jpegSize(view: DataView): PictureSize | undefined {
  for (let at = 2; at + 9 <= view.byteLength; ) {
    const marker = view.getUint8(at + 1);
    // What is no marker between two of them is passed over, as those who draw it do. A marker may be filled up with bytes of FF.
    if (view.getUint8(at) !== 0xff || marker === 0xff) at += 1;
    else if (marker < 2 || (marker >= 0xd0 && marker <= 0xd8)) at += 2;
    else if (marker >= 0xc0 && marker <= 0xcf && !noFrames.has(marker)) {
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    } else at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

/** Of the three kinds: with its canvas, without loss, and with. */
function webpSize(view: DataView): PictureSize | undefined {
  switch (view.getUint32(12)) {
    case 0x56503858:
      return { width: 1 + (view.getUint32(23, true) >>> 8), height: 1 + (view.getUint32(26, true) >>> 8) };
    case 0x5650384c: {
      const bits = view.getUint32(21, true);
      return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
    }
    case 0x56503820:
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
    default:
      return undefined;
  }
}

/** The height of one whose highest row comes first is below 0. The header of OS/2 is shorter. */
function bmpSize(view: DataView): PictureSize {
  if (view.getUint32(14, true) === 12) return { width: view.getUint16(18, true), height: view.getUint16(20, true) };
  return { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) };
}
