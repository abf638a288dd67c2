/** Signed files are nested a few levels deep; a hostile one may be as deep as it is long. */
const DEPTH_MAX = 30;
const OBJECT_ID = 0x06;
const OCTET_STRING = 0x04;
const CONSTRUCTED = 0x20;
/** 1.2.840.113549.1.7.2, as it is encoded. */
const SIGNED_DATA = Buffer.from('06092a864886f70d010702', 'hex');
const START_BYTES = 40;

/** An element of what ASN.1 describes, in its basic or distinguished encoding (BER, DER). */
interface Element {
  tag: number;
  start: number;
  end: number;
  /** Where the next one begins: behind its end where that is marked by zeros. */
  next: number;
}

/** Whether the bytes are a file inside of its signature, as PKCS#7 and CMS wrap it. */
export function isSignedData(bytes: Uint8Array): boolean {
  return bytes[0] === 0x30 && Buffer.from(bytes.subarray(0, START_BYTES)).includes(SIGNED_DATA);
}

/** What was signed (RFC 5652, section 5); undefined where the signature stands apart from it, or the bytes are damaged. */
export function signedContent(bytes: Uint8Array): Uint8Array | undefined {
  try {
    const child = (parent: Element | undefined, index: number) => parent && children(bytes, parent)[index];
    const signed = child(child(readElement(bytes, 0, 0), 1), 0);
    const content = child(child(child(signed, 2), 1), 0);
    const pieces = content === undefined ? [] : octets(bytes, content);
    return pieces.length === 0 ? undefined : new Uint8Array(Buffer.concat(pieces));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function octets(bytes: Uint8Array, element: Element): Uint8Array[] {
  if (element.tag === OCTET_STRING) return [bytes.subarray(element.start, element.end)];
  return (element.tag & CONSTRUCTED) === 0 ? [] : children(bytes, element).flatMap((piece) => octets(bytes, piece));
}

function children(bytes: Uint8Array, { start, end }: Element): Element[] {
  const found: Element[] = [];
  for (let at = start; at < end; ) {
    const element = readElement(bytes, at, 0);
    found.push(element);
    at = element.next;
  }
  return found;
}

/** @throws RangeError where the bytes end before the element does. */
function readElement(bytes: Uint8Array, at: number, depth: number): Element {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined || depth > DEPTH_MAX) throw new RangeError('The element is cut off.');
  if (first === 0x80) return readUntilZeros(bytes, at, depth);
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  const start = at + 2 + lengthBytes;
  const length = lengthBytes === 0 ? first : bytes.subarray(at + 2, start).reduce((sum, byte) => sum * 256 + byte, 0);
  if (start + length > bytes.byteLength) throw new RangeError('The element is cut off.');
  return { tag, start, end: start + length, next: start + length };
}

/** An element that says no length holds others, and ends with two zeros. */
function readUntilZeros(bytes: Uint8Array, at: number, depth: number): Element {
  let end = at + 2;
  while (bytes[end] !== 0 || bytes[end + 1] !== 0) end = readElement(bytes, end, depth + 1).next;
  return { tag: bytes[at] ?? OBJECT_ID, start: at + 2, end, next: end + 2 };
}
