import type { Passage } from '../retrieval/passage.ts';

/** A passage that says this, as a search finds one, the whole of a document of its own unless told otherwise. */
export function testPassage(content: string, told: Partial<Passage> = {}): Passage {
  return {
    chunkId: 1,
    documentId: 'doc-1',
    documentTitle: 'Bees',
    versionId: 1,
    mediaType: null,
    ordinal: 0,
    startOffset: 0,
    endOffset: content.length,
    pageFrom: null,
    pageTo: null,
    headingPath: [],
    content,
    score: 1,
    similarity: null,
    ...told,
  };
}
