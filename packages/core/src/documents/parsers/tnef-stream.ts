const SIGNATURE = 0x22_3e_9f_78;
const HEADER_BYTES = 6;
/** Of an attribute. */
const HEAD_BYTES = 9;
const CHECKSUM_BYTES = 2;

/** Whether bytes are what Outlook packs a message into (`winmail.dat`). */
export function isTnef(bytes: Uint8Array): boolean {
  return createByteReader(bytes as Uint8Array<ArrayBuffer>).number(4) === SIGNATURE;
}

/** Reads on from where it is, little end first; undefined for what goes beyond the end. */
export interface ByteReader {
  number(byteCount: 1 | 2 | 4): number | undefined;
  bytes(length: number): Uint8Array<ArrayBuffer> | undefined;
  /** Bytes that are filled up to a multiple of four. */
  padded(length: number): Uint8Array<ArrayBuffer> | undefined;
  bytesLeft(): number;
}

export function createByteReader(all: Uint8Array<ArrayBuffer>): ByteReader {
  let at = 0;
  const bytes = (length: number) => {
    if (length > all.byteLength - at) return undefined;
    at += length;
    return all.subarray(at - length, at);
  };
  return {
    bytes,
    number: (byteCount) => bytes(byteCount)?.reduceRight((sum, byte) => sum * 256 + byte, 0),
    padded: (length) => {
      const found = bytes(length);
      at = Math.min(all.byteLength, at + ((4 - (length % 4)) % 4));
      return found;
    },
    bytesLeft: () => all.byteLength - at,
  };
}

/** What a stream says of its message, or of what is attached to it. */
export interface TnefAttribute {
  isOfAttachment: boolean;
  id: number;
  data: Uint8Array<ArrayBuffer>;
}

/**
 * The attributes of a stream in order ([MS-OXTNEF] 2.1.1), as slices of it; of the last one of a stream that breaks off, what is there.
 * Checksums are not looked at: writers get them wrong, and a damaged file is still read as far as it can be.
 */
export function listTnefAttributes(stream: Uint8Array<ArrayBuffer>): { attributes: TnefAttribute[]; isWhole: boolean } {
  const all = stream.subarray(HEADER_BYTES);
  const reader = createByteReader(all);
  const attributes: TnefAttribute[] = [];
  // What is shorter than the head of an attribute is none: what the stream came in may have ended in a line break.
  while (reader.bytesLeft() >= HEAD_BYTES) {
    const level = reader.number(1);
    const id = reader.number(2);
    reader.number(2);
    const length = reader.number(4);
    const data = length === undefined ? undefined : reader.bytes(length);
    if (id === undefined || data === undefined || level === undefined || level > 2)
      return { attributes, isWhole: false };
    attributes.push({ isOfAttachment: level === 2, id, data });
    reader.bytes(CHECKSUM_BYTES);
  }
  return { attributes, isWhole: true };
}
