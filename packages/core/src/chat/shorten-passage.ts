import { characterBoundary } from '../character-boundary.ts';
import type { Passage } from '../retrieval/passage.ts';

/** The beginning of a passage, cut at a space; its offsets say what is left. */
export function shortenPassage(passage: Passage, charactersMax: number): Passage {
  if (passage.content.length <= charactersMax) return passage;
  const lastSpace = passage.content.lastIndexOf(' ', charactersMax);
  const length = lastSpace > 0 ? lastSpace : characterBoundary(passage.content, charactersMax);
  return { ...passage, content: passage.content.slice(0, length), endOffset: passage.startOffset + length };
}
