import { translateSprms } from './doc-old-sprms.ts';

/** How a document stands in its file, where Word 97 changed it. */
export interface DocLayout {
  isOld: boolean;
  /** How many bytes of the head are not locked. */
  openBytes: number;
  /** Where in the head the lengths of the stories stand. */
  countsAt: number;
  /** Where in the head it is told where a table is. */
  placeOf: (table: number) => number;
  /** A page that tells of runs is named by so many bytes, and a paragraph in it by so many. */
  pageNameBytes: 2 | 4;
  paragraphBytes: number;
  /** Of what stands with a comment. */
  commentBytes: number;
  /** Properties, as Word 97 sets them. */
  sprmsOf: (list: Buffer) => Buffer;
}

/** Word 97 to 2003. */
export const word97: DocLayout = {
  isOld: false,
  openBytes: 68,
  countsAt: 0x4c,
  placeOf: (table) => 0x9a + table * 8,
  pageNameBytes: 4,
  paragraphBytes: 13,
  commentBytes: 30,
  sprmsOf: (list) => list,
};

const TABLES_BEFORE_PAGES = 38;
const TABLES_MAX = 48;

/** Word 6 and 95. Between its tables the head tells how many pages there are of runs. */
export const word6: DocLayout = {
  isOld: true,
  openBytes: 52,
  countsAt: 0x34,
  placeOf: (table) => {
    if (table >= TABLES_MAX) return Number.MAX_SAFE_INTEGER;
    return 0x58 + table * 8 + (table < TABLES_BEFORE_PAGES ? 0 : 10);
  },
  pageNameBytes: 2,
  paragraphBytes: 7,
  commentBytes: 20,
  sprmsOf: translateSprms,
};

/** Where the head of Word 6 and 95 tells the number of the first page of runs, and how many there are. */
export const oldPagesAt = { characters: { first: 0x18a, count: 0x18e }, paragraphs: { first: 0x18c, count: 0x190 } };
