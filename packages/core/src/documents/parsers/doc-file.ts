import { unreadable, unsupported } from '../unreadable.ts';
import type { CompoundFile } from './compound-file.ts';

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
  pieces: 33,
  endnoteReferences: 46,
  endnoteTexts: 47,
  lists: 73,
  listOverrides: 74,
} as const;

const SIGNATURE = 0xa5ec;
/** The number of Word 97; those before have another head. */
const WORD_97 = 0xc1;
const ENCRYPTED = 0x0100;
const SECOND_TABLE = 0x0200;
const COUNTS_AT = 0x4c;
const TABLES_AT = 0x9a;

/** The stories of a document, one behind the other in its text. */
const stories = ['body', 'footnotes', 'headers', 'macros', 'comments', 'endnotes', 'boxes', 'headerBoxes'] as const;

export interface DocFile {
  main: Buffer;
  table: Buffer;
  /** The part of the table stream that a place of the head tells of, and what stands behind it where that belongs to it. */
  tableAt(place: number): { content: Buffer; behind: Buffer };
  /** Where a story stands in the text, in characters. */
  story(name: (typeof stories)[number]): { start: number; end: number };
}

/**
 * Opens a document of Word 97 to 2003.
 * @throws AppError `legacy-office` for one of an older Word, `password-protected`, or `corrupt`.
 */
export function openDoc(file: CompoundFile, fileName: string): DocFile {
  const main = Buffer.from(file.read('WordDocument') ?? []);
  if (main.byteLength < TABLES_AT) throw unreadable(fileName, 'corrupt');
  if (main.readUInt16LE(0) !== SIGNATURE || main.readUInt16LE(2) < WORD_97)
    throw unsupported(fileName, 'legacy-office');
  const flags = main.readUInt16LE(0x0a);
  if ((flags & ENCRYPTED) !== 0) throw unreadable(fileName, 'password-protected');
  const table = Buffer.from(file.read((flags & SECOND_TABLE) === 0 ? '0Table' : '1Table') ?? []);
  if (table.byteLength === 0) throw unreadable(fileName, 'corrupt');
  return {
    main,
    table,
    tableAt(place) {
      const at = TABLES_AT + place * 8;
      const [start, length] = at + 8 > main.byteLength ? [0, 0] : [main.readUInt32LE(at), main.readUInt32LE(at + 4)];
      return { content: table.subarray(start, start + length), behind: table.subarray(start + length) };
    },
    story(name) {
      // Those of macros, which Word has not kept there for long, may be anything.
      const lengths = stories.map((story, index) =>
        story === 'macros' ? 0 : main.readUInt32LE(COUNTS_AT + index * 4),
      );
      const index = stories.indexOf(name);
      const start = lengths.slice(0, index).reduce((sum, length) => sum + length, 0);
      return { start, end: start + (lengths[index] ?? 0) };
    },
  };
}

/** A list of positions in the text, each but the last with data of its own ([MS-DOC] 2.2.2). */
export function readPositions(list: Buffer, dataBytes: number): { position: number; data: Buffer }[] {
  const count = Math.max(0, Math.floor((list.byteLength - 4) / (4 + dataBytes)));
  return Array.from({ length: list.byteLength < 4 ? 0 : count + 1 }, (_, index) => {
    const at = (count + 1) * 4 + index * dataBytes;
    return { position: list.readUInt32LE(index * 4), data: list.subarray(at, at + (index < count ? dataBytes : 0)) };
  });
}
