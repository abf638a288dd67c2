import { unreadable, unsupported } from '../unreadable.ts';
import type { CompoundFile } from './compound-file.ts';
import type { Damage } from './damage.ts';
import { type DocLayout, oldPagesAt, word6, word97 } from './doc-layouts.ts';
import { type DocUnlock, openDocLock } from './doc-lock.ts';
import type { ParserInput } from './parser-input.ts';

/** Where tables stand, by their place in the file's head ([MS-DOC] 2.5.6). */
export const docTables = {
  styles: 1,
  footnoteReferences: 2,
  footnoteTexts: 3,
  commentReferences: 4,
  commentTexts: 5,
  headers: 11,
  characterRuns: 12,
  paragraphRuns: 13,
  fonts: 15,
  pieces: 33,
  shapePlaces: 40,
  endnoteReferences: 46,
  endnoteTexts: 47,
  drawings: 50,
  lists: 73,
  listOverrides: 74,
} as const;

const SIGNATURE = 0xa5ec;
/** Of Word 6 and 95, those of East Asia among them, and the numbers of the first of them and of Word 97. */
const oldSignatures = new Set([SIGNATURE, 0xa5dc, 0xa697, 0xa698, 0xa699]);
const WORD_6 = 0x65;
const WORD_97 = 0xc1;
const FLAGS_AT = 0x0a;
const ENCRYPTED = 0x0100;
const SECOND_TABLE = 0x0200;
const HEAD_BYTES_MIN = 0x9a;
const PAGE_MASK = 0x3fffff;

/** The stories of a document, one behind the other in its text. */
const stories = ['body', 'footnotes', 'headers', 'macros', 'comments', 'endnotes', 'boxes', 'headerBoxes'] as const;

export interface DocFile {
  layout: DocLayout;
  main: Buffer;
  table: Buffer;
  /** Pictures that stand in the text, above all. */
  data: Buffer;
  /** The part of the table stream that a place of the head tells of, and what stands behind it where that belongs to it. */
  tableAt: (place: number) => { content: Buffer; behind: Buffer };
  /** Where a story stands in the text, in characters. */
  story: (name: (typeof stories)[number]) => { start: number; end: number };
  /** The numbers of the pages of the main stream that tell of runs, each once. */
  pagesOf: (kind: 'paragraphs' | 'characters') => number[];
}

/**
 * Opens a document of Word 6 to 2003.
 * @param damage counts what of it is cut off.
 * @throws AppError `legacy-office` for one of an older Word, `password-required`, `password-wrong`, or `corrupt`.
 */
export function openDoc(
  file: CompoundFile,
  input: Pick<ParserInput, 'fileName' | 'password'>,
  damage: Damage,
): DocFile {
  const read = (path: string) => Buffer.from((file.read(path, damage) ?? new Uint8Array()).buffer);
  const stored = read('WordDocument');
  if (stored.byteLength < HEAD_BYTES_MIN) throw unreadable(input.fileName, 'corrupt');
  const layout = layoutOf(stored);
  if (layout === undefined) throw unsupported(input.fileName, 'legacy-office');
  const flags = stored.readUInt16LE(FLAGS_AT);
  const storedTable = read((flags & SECOND_TABLE) === 0 ? '0Table' : '1Table');
  const isLocked = (flags & ENCRYPTED) !== 0;
  const unlock: DocUnlock = isLocked ? openDocLock(stored, storedTable, layout, input) : (stream) => stream;
  const main = unlock(stored);
  if (isLocked) stored.copy(main, 0, 0, layout.openBytes);
  // Word 6 and 95 have all in one stream.
  const table = layout.isOld ? main : unlock(storedTable);
  const tableAt = (place: number) => {
    const at = layout.placeOf(place);
    const [start, length] = at + 8 > main.byteLength ? [0, 0] : [main.readUInt32LE(at), main.readUInt32LE(at + 4)];
    return { content: table.subarray(start, start + length), behind: table.subarray(start + length) };
  };
  return {
    layout,
    main,
    table,
    data: layout.isOld ? main : unlock(read('Data')),
    tableAt,
    story: (name) => storyIn(main, layout, name),
    pagesOf: (kind) =>
      listPages(
        main,
        layout,
        kind,
        tableAt(docTables[`${kind === 'paragraphs' ? 'paragraph' : 'character'}Runs`]).content,
      ),
  };
}

function layoutOf(main: Buffer): DocLayout | undefined {
  const [signature, version] = [main.readUInt16LE(0), main.readUInt16LE(2)];
  if (signature === SIGNATURE && version >= WORD_97) return word97;
  return oldSignatures.has(signature) && version >= WORD_6 && version < WORD_97 ? word6 : undefined;
}

function storyIn(main: Buffer, { isOld, countsAt }: DocLayout, name: (typeof stories)[number]) {
  // Those of macros, which Word has not kept there for long, may be anything.
  const lengths = stories.map((story, index) =>
    story === 'macros' && !isOld ? 0 : main.readUInt32LE(countsAt + index * 4),
  );
  const index = stories.indexOf(name);
  const start = lengths.slice(0, index).reduce((sum, length) => sum + length, 0);
  return { start, end: start + (lengths[index] ?? 0) };
}

/** A list that names fewer pages than there are is of Word 6 and 95: they stand one behind the other. */
export function listPages(
  main: Buffer,
  { isOld, pageNameBytes }: DocLayout,
  kind: 'paragraphs' | 'characters',
  list: Buffer,
) {
  const named = readPositions(list, pageNameBytes)
    .slice(0, -1)
    .map(({ data }) => data.readUIntLE(0, pageNameBytes) & PAGE_MASK);
  const { first, count } = oldPagesAt[kind];
  const pages = isOld && main.byteLength >= count + 2 ? main.readUInt16LE(count) : 0;
  const all = Array.from({ length: pages }, (_, index) => main.readUInt16LE(first) + index);
  // A page that is named again would let a small file ask for any amount of memory.
  return [...new Set(named.length < pages ? all : named)];
}

/** A list of positions in the text, each but the last with data of its own ([MS-DOC] 2.2.2). */
export function readPositions(list: Buffer, dataBytes: number): { position: number; data: Buffer }[] {
  const count = Math.max(0, Math.floor((list.byteLength - 4) / (4 + dataBytes)));
  return Array.from({ length: list.byteLength < 4 ? 0 : count + 1 }, (_, index) => {
    const at = (count + 1) * 4 + index * dataBytes;
    return { position: list.readUInt32LE(index * 4), data: list.subarray(at, at + (index < count ? dataBytes : 0)) };
  });
}
