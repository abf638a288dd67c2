import { cutsWord } from './cuts-word.ts';
import type { TextRange } from './split-sentences.ts';

interface Word extends TextRange {
  text: string;
}

/** Of the words a stretch holds, this share has to be in the quote. */
const alignmentMin = 0.9;
const wordsMin = 4;

/**
 * The stretch of a folded text whose words, in order, are a quote's. Punctuation and markup do not count; signs that say
 * something by themselves (€, %, <, °, an exponent's ^) are words. The text may hold reference numbers such as [12] that the
 * quote leaves out, up to a tenth of its words. Nothing else: a changed, added, lost or exchanged word, even an article, is
 * not let through, for nobody could say which of them change what is meant.
 */
export function alignWords(text: string, quote: string, from = 0): TextRange | undefined {
  const asked = wordsOf(quote, 0);
  const words = wordsOf(text, from);
  const [first] = asked;
  if (first === undefined || asked.length < wordsMin) return undefined;
  for (const [index, word] of words.entries()) {
    const range = word.text === first.text ? alignAt(text, words, index, asked) : undefined;
    if (range !== undefined) return range;
  }
  return undefined;
}

function alignAt(text: string, words: readonly Word[], from: number, asked: readonly Word[]): TextRange | undefined {
  let at = from;
  for (const { text: next } of asked) {
    while (words[at] !== undefined && words[at]?.text !== next) {
      if (!isReference(text, words[at] as Word)) return undefined;
      at += 1;
    }
    if (words[at] === undefined) return undefined;
    at += 1;
  }
  const last = words[at - 1] as Word;
  const share = asked.length / (at - from);
  const { start } = words[from] as Word;
  const isWhole = !cutsWord(text, start) && !cutsWord(text, last.end);
  return share >= alignmentMin && isWhole ? { start, end: last.end } : undefined;
}

function isReference(text: string, { text: word, start, end }: Word): boolean {
  return /^\d{1,3}$/.test(word) && text[start - 1] === '[' && text[end] === ']';
}

const patterns = [
  // Of scripts without spaces, each character.
  String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]`,
  // A number with its sign and its separators.
  String.raw`[+-]?\p{N}+(?:[.,:/]\p{N}+)*`,
  String.raw`[\p{L}\p{M}\p{N}]+(?:['-][\p{L}\p{N}]+)*`,
  // Money, comparison and arithmetic, shares, degrees, exponents; | and ~~ are markup.
  String.raw`!=|\p{Sc}|(?![|~])\p{Sm}|~(?=\p{N})|[%‰°§✓✔✗✘]|\^(?=[+-]?[\p{L}\p{N}])`,
  // Between two numbers these are arithmetic, a ratio or a range; elsewhere punctuation.
  String.raw`(?<=\p{N} )[-*·/:](?= \p{N})|(?<=\p{N})[*·](?=\p{N})`,
];
const wordPattern = new RegExp(patterns.join('|'), 'gu');

function wordsOf(text: string, from: number): Word[] {
  wordPattern.lastIndex = from;
  return Array.from(text.matchAll(wordPattern), (match) => {
    return { text: match[0], start: match.index, end: match.index + match[0].length };
  });
}
