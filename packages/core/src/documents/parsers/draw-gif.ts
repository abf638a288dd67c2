import { createCanvas, loadImage } from '@napi-rs/canvas';
import { pictureSize } from './picture-size.ts';

/** What a scanner makes of two sheets at 600 dpi: more is a bomb. */
const PIXELS_MAX = 100_000_000;

/** The first picture of a GIF as a PNG file, on white: text recognition opens no GIF. @throws Error when it is damaged. */
export async function drawGif(gif: Uint8Array): Promise<Uint8Array> {
  const { width, height } = pictureSize(gif) ?? { width: 0, height: 0 };
  if (width * height > PIXELS_MAX) throw new Error('The picture is too large');
  const image = await loadImage(Buffer.from(gif));
  const canvas = createCanvas(image.width, image.height);
  const context = canvas.getContext('2d');
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, image.width, image.height);
  context.drawImage(image, 0, 0);
  return canvas.toBuffer('image/png');
}
