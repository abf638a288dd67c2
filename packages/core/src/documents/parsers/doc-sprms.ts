/** Numbers of properties ([MS-DOC] 2.6). */
export const sprm = {
  bold: 0x0835,
  deleted: 0x0800,
  font: 0x4a4f,
  formData: 0x0806,
  hidden: 0x083c,
  halfPoints: 0x4a43,
  symbol: 0x6a09,
  inTable: 0x2416,
  listLevel: 0x260a,
  listNumber: 0x460b,
  outlineLevel: 0x2640,
  picture: 0x6a03,
  rowEnd: 0x2417,
  style: 0x4600,
  tableDepth: 0x6649,
} as const;

/** How long the value is, by the upper three bits of a property's number; undefined where it says so itself. */
const lengths = [1, 1, 2, 4, 2, 2, undefined, 3];
/** Whose value may be longer than a byte tells. */
const TABLE_DEFINITION = 0xd608;
const TABS = 0xc615;

/** The properties that are set one after another, each with the value it is set to. */
export function* readSprms(list: Buffer): Generator<{ code: number; value: Buffer }> {
  let at = 0;
  while (at + 3 <= list.byteLength) {
    const code = list.readUInt16LE(at);
    at += 2;
    const fixed = lengths[code >> 13];
    const start = fixed === undefined ? at + (code === TABLE_DEFINITION ? 2 : 1) : at;
    const end = fixed === undefined ? endOf(list, code, at) : at + fixed;
    if (end > list.byteLength) return;
    yield { code, value: list.subarray(start, end) };
    at = end;
  }
}

function endOf(list: Buffer, code: number, at: number): number {
  if (code === TABLE_DEFINITION) return at + 1 + (at + 2 > list.byteLength ? list.byteLength : list.readUInt16LE(at));
  const length = list.readUInt8(at);
  return code === TABS && length === 255 ? list.byteLength + 1 : at + 1 + length;
}
