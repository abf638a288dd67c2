import { sprm } from './doc-sprms.ts';

/** The properties that are read, by the numbers that Word 6 and 95 gave them. */
const properties = new Map<number, number>([
  [2, sprm.style],
  [24, sprm.inTable],
  [25, sprm.rowEnd],
  [65, sprm.deleted],
  [71, sprm.formData],
  [85, sprm.bold],
  [92, sprm.hidden],
  [93, sprm.font],
  [99, sprm.halfPoints],
]);
const PICTURE = 68;
const SYMBOL = 74;

/** How many bytes the value of a property takes, by the numbers of properties, for those that do not say so themselves. */
const lengths = new Map(
  Object.entries({
    0: '0 52 83 163',
    1: `4-11 13 14 24 25 29 37 44 50 51 65-67 71 75 85-92 94 98 100 102 104 117-119 131 132 138 139 142 143 146 147 150-153 158
      159 162 185 186`,
    2: `2 16-19 21 22 26-28 30-36 38-43 45-49 69 72 80 93 96 97 99 101 107 109 110 121-124 140 141 144 145 148 149 154-157 160
      161 164-171 182-184 189 195 197 198`,
    3: '73 95 136 137',
    4: '20 70 192 194 196 200',
    5: '193 199',
    12: '187',
  }).flatMap(([length, codes]) =>
    codes
      .split(/\s+/)
      .flatMap(range)
      .map((code) => [code, Number(length)] as const),
  ),
);
/** Whose length takes two bytes, and is told one too long. */
const tables = new Set([188, 190]);
/** Behind which stands more than the length tells. */
const longer = new Map([
  [3, 3],
  [120, 12],
  [191, 1],
]);

/** "4-6" is 4, 5 and 6. */
function range(codes: string): number[] {
  const [from = 0, to = from] = codes.split('-').map(Number);
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** The properties that Word 6 and 95 set, as Word 97 would: those that are read, and no others. */
export function translateSprms(list: Buffer): Buffer {
  const translated: Buffer[] = [];
  for (let at = 0; at + 1 < list.byteLength; ) {
    const code = list.readUInt8(at);
    const isTable = tables.has(code);
    if (isTable && at + 3 > list.byteLength) break;
    const fixed = lengths.get(code);
    const start = at + 1 + (fixed === undefined ? (isTable ? 2 : 1) : 0);
    const told = isTable
      ? Math.max(0, list.readUInt16LE(at + 1) - 1)
      : list.readUInt8(at + 1) + (longer.get(code) ?? 0);
    at = start + (fixed ?? told);
    if (at > list.byteLength) break;
    translated.push(translate(code, list.subarray(start, at)));
  }
  return Buffer.concat(translated);
}

function translate(code: number, value: Buffer): Buffer {
  const known = properties.get(code);
  if (known !== undefined) return withCode(known, value);
  if (code === PICTURE && value.byteLength === 4) return withCode(sprm.picture, value);
  // Its font, and a letter of one byte.
  if (code === SYMBOL && value.byteLength === 3) {
    return withCode(sprm.symbol, Buffer.concat([value, Buffer.from([0xf0])]));
  }
  return Buffer.alloc(0);
}

function withCode(code: number, value: Buffer): Buffer {
  return Buffer.concat([Buffer.from([code & 0xff, code >> 8]), value]);
}
