import type { Block, TextPart } from './parsed-document.ts';

/** A text in parts of at least so many characters, but for the last, each ending with a block. */
export function* cutIntoParts(
  { textStart = 0, canonicalText, blocks }: { textStart?: number; canonicalText: string; blocks: readonly Block[] },
  charactersMin: number,
): Generator<TextPart> {
  const end = textStart + canonicalText.length;
  let start = textStart;
  let first = 0;
  for (const [index, block] of blocks.entries()) {
    const isLast = index === blocks.length - 1;
    if (!isLast && block.end - start < charactersMin) continue;
    const partEnd = isLast ? end : block.end;
    const text = canonicalText.slice(start - textStart, partEnd - textStart);
    yield { start, text, blocks: blocks.slice(first, index + 1) };
    [start, first] = [partEnd, index + 1];
  }
  if (blocks.length === 0 && end > start) yield { start, text: canonicalText, blocks: [] };
}
