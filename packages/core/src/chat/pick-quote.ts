import { contentWords } from '../retrieval/content-words.ts';
import { splitSentences, type TextRange } from './split-sentences.ts';
import { supports, withWholeNumbers } from './supports.ts';

export interface Quote {
  /** [start, end) in the version's canonical text. */
  startOffset: number;
  endOffset: number;
  /** Equals the canonical text at those offsets. */
  quote: string;
}

interface QuotablePassage {
  content: string;
  startOffset: number;
}

/**
 * The sentence of a passage that best supports a claim: of those that can (see `supports`), the one that shares most with it,
 * each shared word counting by how few of the passage's sentences hold it. Undefined where none can.
 */
export function pickQuote(passage: QuotablePassage, claim: string): Quote | undefined {
  const claimed = contentWords(withWholeNumbers(claim));
  const sentences = splitSentences(passage.content).map((range) => {
    const text = passage.content.slice(range.start, range.end);
    return { range, text, words: contentWords(withWholeNumbers(text)) };
  });
  const sentenceCounts = new Map<string, number>();
  for (const word of sentences.flatMap(({ words }) => [...words])) {
    sentenceCounts.set(word, (sentenceCounts.get(word) ?? 0) + 1);
  }
  let best: { range: TextRange; score: number } | undefined;
  for (const { range, text, words } of sentences) {
    const shared = [...words].filter((word) => claimed.has(word));
    const weight = shared.reduce((sum, word) => sum + 1 / (sentenceCounts.get(word) ?? 1), 0);
    // Between two that hold the same words, the one that says less besides is the closer support.
    const score = weight / Math.sqrt(8 + words.size);
    if (score > (best?.score ?? 0) && supports(text, claim)) best = { range, score };
  }
  return best && quoteAt(passage, best.range);
}

/** The quote at a range of a passage's own text. */
export function quoteAt(passage: QuotablePassage, range: TextRange): Quote {
  return {
    startOffset: passage.startOffset + range.start,
    endOffset: passage.startOffset + range.end,
    quote: passage.content.slice(range.start, range.end),
  };
}
