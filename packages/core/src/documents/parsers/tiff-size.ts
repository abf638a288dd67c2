const WIDTH_TAG = 256;
const HEIGHT_TAG = 257;
const BIG_VERSION = 43;

/** Where the numbers of a kind of TIFF stand, and how long its entries are. Those over 4 GB count in 64 bits. */
const layouts = {
  classic: { firstAt: 4, countBytes: 2, entryBytes: 12, valueAt: 8 },
  big: { firstAt: 8, countBytes: 8, entryBytes: 20, valueAt: 12 },
};

/** The size of the first page of a TIFF; undefined when its directory lies outside of the file, or says none. */
export function tiffSize(view: DataView): { width: number; height: number } | undefined {
  const isLittleEndian = view.getUint16(0) === 0x4949;
  const isBig = view.getUint16(2, isLittleEndian) === BIG_VERSION;
  const { firstAt, countBytes, entryBytes, valueAt } = isBig ? layouts.big : layouts.classic;
  const long = (at: number) =>
    isBig ? Number(view.getBigUint64(at, isLittleEndian)) : view.getUint32(at, isLittleEndian);
  let width = 0;
  let height = 0;
  try {
    const directory = long(firstAt);
    const count = isBig ? long(directory) : view.getUint16(directory, isLittleEndian);
    for (let index = 0; index < count; index += 1) {
      const at = directory + countBytes + entryBytes * index;
      const tag = view.getUint16(at, isLittleEndian);
      if (tag !== WIDTH_TAG && tag !== HEIGHT_TAG) continue;
      const value = readNumber(view, view.getUint16(at + 2, isLittleEndian), at + valueAt, isLittleEndian);
      if (tag === WIDTH_TAG) width = Math.max(width, value);
      else height = Math.max(height, value);
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return width > 0 && height > 0 ? { width, height } : undefined;
}

/** A byte, a short or a long: no writer has another type for a size. */
function readNumber(view: DataView, type: number, at: number, isLittleEndian: boolean): number {
  if (type === 1 || type === 6) return view.getUint8(at);
  return type === 3 || type === 8 ? view.getUint16(at, isLittleEndian) : view.getUint32(at, isLittleEndian);
}
