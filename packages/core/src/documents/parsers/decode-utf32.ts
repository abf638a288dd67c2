/** Enough characters to be sure: in any other encoding the first few are no characters at all. */
const SAMPLE_CHARACTERS = 1000;
const CODE_POINT_MAX = 0x10ffff;

/** Text in UTF-32, which no decoder of the platform knows, in either byte order, marked or not; else undefined. */
export function decodeUtf32(bytes: Uint8Array): string | undefined {
  if (bytes.byteLength < 8 || bytes.byteLength % 4 !== 0) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isLittleEndian = [true, false].find((order) => isUtf32(view, order));
  if (isLittleEndian === undefined) return undefined;
  let text = '';
  for (let at = 0; at < view.byteLength; at += 4) {
    const code = view.getUint32(at, isLittleEndian);
    text += code > CODE_POINT_MAX ? '\ufffd' : String.fromCodePoint(code);
  }
  return text;
}

function isUtf32(view: DataView, isLittleEndian: boolean): boolean {
  const end = Math.min(view.byteLength, 4 * SAMPLE_CHARACTERS);
  for (let at = 0; at < end; at += 4) {
    const code = view.getUint32(at, isLittleEndian);
    if (code === 0 || code > CODE_POINT_MAX) return false;
  }
  return true;
}
