import { contentWords } from '../retrieval/content-words.ts';
import { splitSentences } from './split-sentences.ts';

export interface Quote {
  /** [start, end) in the version's canonical text. */
  startOffset: number;
  endOffset: number;
  /** Equals the canonical text at those offsets. */
  quote: string;
}

/**
 * The sentence of a passage that best supports a claim: the one that shares most with it, each shared word counting
 * by how few of the passage's sentences hold it. When no sentence shares a word (the answer may be in another
 * language), the whole passage.
 */
export function pickQuote(passage: { content: string; startOffset: number }, claim: string): Quote {
  const claimed = contentWords(claim);
  const sentences = splitSentences(passage.content).map((range) => ({
    range,
    words: contentWords(passage.content.slice(range.start, range.end)),
  }));
  const sentenceCounts = new Map<string, number>();
  for (const word of sentences.flatMap(({ words }) => [...words])) {
    sentenceCounts.set(word, (sentenceCounts.get(word) ?? 0) + 1);
  }
  let best = { range: { start: 0, end: passage.content.length }, score: 0 };
  for (const { range, words } of sentences) {
    const shared = [...words].filter((word) => claimed.has(word));
    const weight = shared.reduce((sum, word) => sum + 1 / (sentenceCounts.get(word) ?? 1), 0);
    // Between two that hold the same words, the one that says less besides is the closer support.
    const score = weight / Math.sqrt(8 + words.size);
    if (score > best.score) best = { range, score };
  }
  return quoteAt(passage, best.range);
}

/** The quote at a range of a passage's own text. */
export function quoteAt(
  passage: { content: string; startOffset: number },
  range: { start: number; end: number },
): Quote {
  return {
    startOffset: passage.startOffset + range.start,
    endOffset: passage.startOffset + range.end,
    quote: passage.content.slice(range.start, range.end),
  };
}
