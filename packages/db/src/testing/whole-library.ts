import type { SearchRange } from '../queries/search-range.ts';

/** All documents, as many chunks as it says: a search chooses its way by the number alone. */
export function wholeLibrary(chunkCount = 0): SearchRange {
  return { filter: undefined, chunkCount, libraryChunkCount: chunkCount };
}
