import { contentWords } from '../retrieval/content-words.ts';
import { withWholeNumbers } from './supports.ts';

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });
/** Two words that mean something do not stand together by chance. */
const provingWordsMin = 2;
/** "5 °C", "40 kg", "€40". */
const numberWithUnit = /\p{N}(?:\p{L}|\s\p{L}(?!\p{L})|\s?[\p{Sc}%‰°])|\p{Sc}\s?\p{N}/u;

/** Words of a text; where a script writes no spaces, those a dictionary tells apart. */
export function countWords(text: string): number {
  return [...segmenter.segment(text)].filter(({ isWordLike }) => isWordLike === true).length;
}

/**
 * Whether a quote that stands in a passage proves anything of a claim: with two content words or a number and its unit. A
 * scrap ("the", "1987") stands in many passages and proves no more than itself: only a claim that says it.
 */
export function isProof(quote: string, claim: string): boolean {
  const words = contentWords(withWholeNumbers(quote));
  if (words.size >= provingWordsMin || numberWithUnit.test(quote)) return true;
  const claimed = contentWords(withWholeNumbers(claim));
  return words.size > 0 && [...words].every((word) => claimed.has(word));
}
