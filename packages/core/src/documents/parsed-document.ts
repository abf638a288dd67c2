export type BlockKind = 'heading' | 'paragraph' | 'list-item' | 'table' | 'code' | 'quote';

/** One structural unit: a [start, end) range of the canonical text, in UTF-16 code units. */
export interface Block {
  kind: BlockKind;
  start: number;
  end: number;
  /** 1 to 6, headings only. */
  level?: number;
  /** From 1; only for formats that have pages. */
  page?: number;
}

/** What reading a file yields: one canonical text, its blocks in order without overlap, and what was noticed. */
export interface ParsedDocument {
  /** Normalised (NFC, `\n` line ends, no NUL); blocks are separated by blank lines. */
  canonicalText: string;
  blocks: Block[];
  /** From the file's own metadata or first heading; null when it names none. */
  title: string | null;
  mediaType: string;
  pageCount: number | null;
  /** Sentences for a person, e.g. "Pages 3–5 hold images without text." */
  warnings: string[];
}
