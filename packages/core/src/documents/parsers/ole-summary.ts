import { charsetOfCodePage } from './code-pages.ts';
import type { CompoundFile } from './compound-file.ts';
import { properTitle } from './placeholder-title.ts';

const CODE_PAGE = 1;
const TITLE = 2;
const UTF_16 = 1200;
const NARROW_TEXT = 0x1e;
const WIDE_TEXT = 0x1f;
/** A list that claims more properties is none. */
const PROPERTIES_MAX = 1000;

/** The title that an old Office file names in its properties ([MS-OLEPS]); null when it names none, or when they are damaged. */
export function readSummaryTitle(file: CompoundFile): string | null {
  try {
    const stream = file.read('\u0005SummaryInformation');
    return stream === undefined ? null : properTitle(titleIn(Buffer.from(stream)));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function titleIn(stream: Buffer): string {
  const set = stream.subarray(stream.readUInt32LE(44));
  const places = new Map<number, number>();
  const count = Math.min(PROPERTIES_MAX, set.readUInt32LE(4));
  for (let index = 0; index < count; index += 1) {
    places.set(set.readUInt32LE(8 + index * 8), set.readUInt32LE(12 + index * 8));
  }
  const at = places.get(TITLE);
  if (at === undefined) return '';
  const codePageAt = places.get(CODE_PAGE);
  const codePage = codePageAt === undefined ? 0 : set.readUInt16LE(codePageAt + 4);
  const length = set.readUInt32LE(at + 4);
  const type = set.readUInt16LE(at);
  const isWide = type === WIDE_TEXT || codePage === UTF_16;
  if (type !== NARROW_TEXT && type !== WIDE_TEXT) return '';
  const bytes = set.subarray(at + 8, at + 8 + length * (type === WIDE_TEXT ? 2 : 1));
  return new TextDecoder(isWide ? 'utf-16le' : charsetOfCodePage(codePage)).decode(bytes).split('\0', 1).join('');
}
