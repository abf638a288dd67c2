import type { Passage } from '../retrieval/passage.ts';

/** The beginning of a passage, cut at a space; its offsets say what is left. */
export function shortenPassage(passage: Passage, charactersMax: number): Passage {
  if (passage.content.length <= charactersMax) return passage;
  const lastSpace = passage.content.lastIndexOf(' ', charactersMax);
  const halfPair = /[\uD800-\uDBFF]/.test(passage.content[charactersMax - 1] ?? '');
  const length = lastSpace > 0 ? lastSpace : charactersMax - (halfPair ? 1 : 0);
  return { ...passage, content: passage.content.slice(0, length), endOffset: passage.startOffset + length };
}
