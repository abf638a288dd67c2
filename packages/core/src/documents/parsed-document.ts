export type BlockKind = 'heading' | 'paragraph' | 'list-item' | 'table' | 'code' | 'quote';

/** A rectangle on a page as it is displayed: in points (pixels of an image), from its top left corner. */
export interface PageBox {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** One structural unit: a [start, end) range of the canonical text, in UTF-16 code units. */
export interface Block {
  kind: BlockKind;
  start: number;
  end: number;
  /** 1 to 6, headings only. */
  level?: number;
  /** From 1; only for formats that have pages or slides. */
  page?: number;
  /** Where on its page: one rectangle for each column the block runs through. */
  boxes?: PageBox[];
  /** The name of the sheet, or of the file inside an archive or a message, that holds it. */
  part?: string;
}

/** A stretch of a canonical text, from the end of one block to that of a later one; offsets are those of the whole. */
export interface TextPart {
  start: number;
  text: string;
  blocks: Block[];
}

/** What became of the pages, slides or images that hold no text of their own, or no more than a stamp. */
export interface PictureCoverage {
  /** Read by text recognition (OCR). */
  recognised: number;
  /** Not looked at: recognition was not asked for, or gave up before. */
  unrecognised: number;
  /** Looked at, and found to be blank or without legible text. */
  textless: number;
}

/** What reading a file yields: one canonical text, its blocks in order without overlap, and what was noticed. */
export interface ParsedDocument {
  /** Where `canonicalText` begins in the whole, when parts of it were handed over before; else left out. */
  textStart?: number;
  /** Normalised (NFC, `\n` line ends, no NUL); blocks are separated by blank lines. */
  canonicalText: string;
  blocks: Block[];
  /** From the file's own metadata, or the heading it opens with; null when it names none. */
  title: string | null;
  mediaType: string;
  pageCount: number | null;
  /** Present when the file holds pages without text. */
  pictures?: PictureCoverage;
  /** What the file says about itself: front matter, author, date. Text by name; never part of `canonicalText`. */
  metadata?: Record<string, string>;
  /** Sentences for a person, e.g. "Pages 3–5 hold images without text." */
  warnings: string[];
}

/** A file inside another that was not read. */
export interface UnreadFile {
  /** The names that lead to it, its own last. */
  inside: readonly string[];
  /** The rest of a sentence of which it is the subject. */
  why: string;
}

/** What reading one file of an upload yields. Files inside it that were not read are told of together, when all are known. */
export interface ParsedFile extends Omit<ParsedDocument, 'warnings'> {
  warnings: (string | UnreadFile)[];
}
