/** Pixels. */
export interface PictureSize {
  width: number;
  height: number;
}

/** The size of a PNG, GIF or JPEG picture as its header gives it; undefined for other kinds, and for damaged ones. */
export function pictureSize(picture: Uint8Array): PictureSize | undefined {
  const view = new DataView(picture.buffer, picture.byteOffset, picture.byteLength);
  if (view.byteLength < 24) return undefined;
  if (view.getUint32(0) === 0x89504e47) return { width: view.getUint32(16), height: view.getUint32(20) };
  if (view.getUint32(0) === 0x47494638) return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  return view.getUint16(0) === 0xffd8 ? jpegSize(view) : undefined;
}

/** Markers SOF0 to SOF15 start the picture; three of that range (C4, C8, CC) do not. */
const noFrames = new Set([0xc4, 0xc8, 0xcc]);

function jpegSize(view: DataView): PictureSize | undefined {
  for (let at = 2; at + 9 <= view.byteLength && view.getUint8(at) === 0xff; ) {
    const marker = view.getUint8(at + 1);
    if (marker >= 0xc0 && marker <= 0xcf && !noFrames.has(marker)) {
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    }
    // A marker may be filled up with bytes of FF.
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return undefined;
}
