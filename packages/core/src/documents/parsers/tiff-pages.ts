const PAGES_MAX = 10_000;

/**
 * The pages of a TIFF, each made into a file of its own when asked for. A page is reached by the offset in the header, so
 * each is the same file with another page first; a directory that leads back to one seen before ends the list.
 */
export function splitTiffPages(bytes: Uint8Array): (() => Uint8Array)[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isLittleEndian = bytes[0] === 0x49;
  const offsets = new Set<number>();
  try {
    let offset = view.getUint32(4, isLittleEndian);
    while (offset !== 0 && !offsets.has(offset) && offsets.size < PAGES_MAX) {
      const entryCount = view.getUint16(offset, isLittleEndian);
      const next = view.getUint32(offset + 2 + 12 * entryCount, isLittleEndian);
      offsets.add(offset);
      offset = next;
    }
  } catch (error) {
    // A directory outside the file: the pages before it are still there.
    if (!(error instanceof RangeError)) throw error;
  }
  if (offsets.size <= 1) return [() => bytes];
  return [...offsets].map((offset) => () => startAt(bytes, offset, isLittleEndian));
}

function startAt(bytes: Uint8Array, offset: number, isLittleEndian: boolean): Uint8Array {
  const page = bytes.slice();
  new DataView(page.buffer).setUint32(4, offset, isLittleEndian);
  return page;
}
