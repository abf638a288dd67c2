import { contentWords } from '../retrieval/content-words.ts';
import { textLanguage } from '../retrieval/text-language.ts';
import { splitSentences, type TextRange } from './split-sentences.ts';

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
 * The sentence of a passage that best supports a claim: the one that shares most with it, each shared word counting
 * by how few of the passage's sentences hold it. When no sentence shares a word, the first one if the claim is in another
 * language than the passage, where shared words prove nothing either way; else none.
 */
export function pickQuote(passage: QuotablePassage, claim: string): Quote | undefined {
  const claimed = contentWords(claim);
  const sentences = splitSentences(passage.content).map((range) => ({
    range,
    words: contentWords(passage.content.slice(range.start, range.end)),
  }));
  const sentenceCounts = new Map<string, number>();
  for (const word of sentences.flatMap(({ words }) => [...words])) {
    sentenceCounts.set(word, (sentenceCounts.get(word) ?? 0) + 1);
  }
  let best: { range: TextRange; score: number } | undefined;
  for (const { range, words } of sentences) {
    const shared = [...words].filter((word) => claimed.has(word));
    const weight = shared.reduce((sum, word) => sum + 1 / (sentenceCounts.get(word) ?? 1), 0);
    // Between two that hold the same words, the one that says less besides is the closer support.
    const score = weight / Math.sqrt(8 + words.size);
    if (score > (best?.score ?? 0)) best = { range, score };
  }
  const range = best?.range ?? (differInLanguage(passage.content, claim) ? sentences[0]?.range : undefined);
  return range && quoteAt(passage, range);
}

/** Whether a sentence of a passage can be what a claim rests on: they share a content word, or differ in language. */
export function supports(passage: QuotablePassage, { start, end }: TextRange, claim: string): boolean {
  const claimed = contentWords(claim);
  const isShared = [...contentWords(passage.content.slice(start, end))].some((word) => claimed.has(word));
  return isShared || differInLanguage(passage.content, claim);
}

function differInLanguage(one: string, other: string): boolean {
  const [first, second] = [textLanguage(one), textLanguage(other)];
  return first !== undefined && second !== undefined && first !== second;
}

/** The quote at a range of a passage's own text. */
export function quoteAt(passage: QuotablePassage, range: TextRange): Quote {
  return {
    startOffset: passage.startOffset + range.start,
    endOffset: passage.startOffset + range.end,
    quote: passage.content.slice(range.start, range.end),
  };
}
