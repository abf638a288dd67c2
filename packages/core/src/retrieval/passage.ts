import type { HeadingStretch } from '@twin/db/queries/heading-stretches';
import type { PageStretch } from '@twin/db/queries/page-stretches';

/** A found chunk with everything a citation needs. Offsets are UTF-16 code units into the version's canonical text. */
export interface Passage {
  chunkId: number;
  documentId: string;
  documentTitle: string;
  versionId: number;
  mediaType: string | null;
  ordinal: number;
  startOffset: number;
  endOffset: number;
  pageFrom: number | null;
  pageTo: number | null;
  /** Where its pages begin and end, when it runs over more than one and that was looked up. */
  pages?: readonly PageStretch[];
  /** Where headings stand in it, when that was looked up. */
  headings?: readonly HeadingStretch[];
  headingPath: string[];
  content: string;
  /** Fused score, 0 to 1, comparable within one result only. */
  score: number;
  /** Cosine similarity, null when the dense leg did not see the passage. */
  similarity: number | null;
}
