/** Signed files are nested a few levels deep; a hostile one may be as deep as it is long. */
const DEPTH_MAX = 30;
/** Programs sign in pieces of a thousand octets or more, each of which is looked at some ten times. */
const ELEMENTS_MAX = 2_000_000;
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

interface Reading {
  bytes: Uint8Array;
  elementsLeft: number;
}

/** Whether the bytes are a file inside of its signature, as PKCS#7 and CMS wrap it. */
export function isSignedData(bytes: Uint8Array): boolean {
  return bytes[0] === 0x30 && Buffer.from(bytes.subarray(0, START_BYTES)).includes(SIGNED_DATA);
}

/** What was signed (RFC 5652, section 5); undefined where the signature stands apart from it, or the bytes are damaged. */
export function signedContent(bytes: Uint8Array): Uint8Array | undefined {
  const reading: Reading = { bytes, elementsLeft: ELEMENTS_MAX };
  try {
    const signed = child(reading, child(reading, readElement(reading, 0, 0), 1), 0);
    const content = child(reading, child(reading, child(reading, signed, 2), 1), 0);
    if (content === undefined) return undefined;
    if (content.tag === OCTET_STRING) return Uint8Array.from(bytes.subarray(content.start, content.end));
    const joined = new Uint8Array(content.end - content.start);
    const length = joinOctets(reading, content, { joined, length: 0, depth: 0 });
    return length === 0 ? undefined : joined.subarray(0, length);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Writes what the pieces of an element hold one behind another, and returns where that ends. */
function joinOctets(
  reading: Reading,
  element: Element,
  { joined, length, depth }: { joined: Uint8Array; length: number; depth: number },
): number {
  if (depth > DEPTH_MAX) throw new RangeError('The pieces are nested too deeply.');
  if (element.tag === OCTET_STRING) {
    joined.set(reading.bytes.subarray(element.start, element.end), length);
    return length + element.end - element.start;
  }
  if ((element.tag & CONSTRUCTED) === 0) return length;
  let end = length;
  for (const piece of children(reading, element))
    end = joinOctets(reading, piece, { joined, length: end, depth: depth + 1 });
  return end;
}

function child(reading: Reading, parent: Element | undefined, index: number): Element | undefined {
  if (parent === undefined) return undefined;
  let at = 0;
  for (const element of children(reading, parent)) if (at++ === index) return element;
  return undefined;
}

function* children(reading: Reading, { start, end }: Element): Generator<Element> {
  for (let at = start; at < end; ) {
    const element = readElement(reading, at, 0);
    yield element;
    at = element.next;
  }
}

/** @throws RangeError where the bytes end before the element does, or hold too many. */
function readElement(reading: Reading, at: number, depth: number): Element {
  const { bytes } = reading;
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined || depth > DEPTH_MAX) throw new RangeError('The element is cut off.');
  reading.elementsLeft -= 1;
  if (reading.elementsLeft < 0) throw new RangeError('There are too many elements.');
  if (first === 0x80) return readUntilZeros(reading, at, depth);
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  const start = at + 2 + lengthBytes;
  const length = lengthBytes === 0 ? first : bytes.subarray(at + 2, start).reduce((sum, byte) => sum * 256 + byte, 0);
  if (start + length > bytes.byteLength) throw new RangeError('The element is cut off.');
  return { tag, start, end: start + length, next: start + length };
}

/** An element that says no length holds others, and ends with two zeros. */
function readUntilZeros(reading: Reading, at: number, depth: number): Element {
  const { bytes } = reading;
  let end = at + 2;
  while (bytes[end] !== 0 || bytes[end + 1] !== 0) end = readElement(reading, end, depth + 1).next;
  return { tag: bytes[at] ?? OBJECT_ID, start: at + 2, end, next: end + 2 };
}
