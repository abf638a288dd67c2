import { createCanvas, loadImage } from '@napi-rs/canvas';

/** The first picture of a GIF as a PNG file, on white: text recognition opens no GIF. @throws Error when it is damaged. */
export async function drawGif(gif: Uint8Array): Promise<Uint8Array> {
  const image = await loadImage(Buffer.from(gif));
  const canvas = createCanvas(image.width, image.height);
  const context = canvas.getContext('2d');
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, image.width, image.height);
  context.drawImage(image, 0, 0);
  return canvas.toBuffer('image/png');
}
