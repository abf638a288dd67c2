import { createCanvas, loadImage } from '@napi-rs/canvas';
import { hasTooManyPixels } from '../parsers/picture-size.ts';
import { unreadable } from '../unreadable.ts';
import type { PageDrawing } from './draw-page.ts';
import type { DrawnPage } from './drawn-page.ts';
import { pageScale, pixelsOf } from './fit-page.ts';

/** A picture on white, turned as its camera says: what its boxes were found on. The first one of a GIF. */
export async function drawPicture({ bytes, fileName }: Pick<PageDrawing, 'bytes' | 'fileName'>): Promise<DrawnPage> {
  if (hasTooManyPixels(bytes)) throw unreadable(fileName, 'too-many-pixels');
  const image = await loadImage(bytes).catch((error: unknown) => {
    throw unreadable(fileName, 'corrupt', error);
  });
  const { width, height } = image;
  const scale = pageScale(width, height, 1);
  const canvas = createCanvas(pixelsOf(width, scale), pixelsOf(height, scale));
  const context = canvas.getContext('2d');
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return { picture: await canvas.encode('webp', WEBP_QUALITY), width, height, words: [] };
}

/** Letters stay sharp, and a scan stays below half a megabyte. */
export const WEBP_QUALITY = 85;
