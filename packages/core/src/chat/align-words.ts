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
 * something by themselves (€, %, <, °, ✅, && and an exponent's ^) are words. The text may hold reference numbers such as [12] that the
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

/** A number in brackets, unless it is the place in a list that code computes with. */
function isReference(text: string, { text: word, start, end }: Word): boolean {
  if (!/^\d{1,3}$/.test(word) || text[start - 1] !== '[' || text[end] !== ']') return false;
  const isGlued = /[\p{L}_]/u.test(text[start - 2] ?? '');
  return !(isGlued && /^(?: ?[=+*%<>]|[[(]|\.\p{L})/u.test(text.slice(end + 1, end + 3)));
}

const unspaced = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]`;
const letters = String.raw`(?:(?!${unspaced})[\p{L}\p{M}\p{N}])+`;
const patterns = [
  // Of scripts without spaces, each character.
  unspaced,
  // A number with its sign, its separators and the point it begins with.
  String.raw`[+-]?(?:(?<![\p{L}\p{M}\p{N}.)\]])\.)?\p{N}+(?:[.,:/٫٬]\p{N}+)*`,
  // With what joins the parts of a name in code.
  String.raw`${letters}(?:['_-]${letters})*`,
  // Money, comparison and arithmetic, shares, degrees, feet and inches, exponents; | and ~~ are markup.
  String.raw`!=|\p{Sc}|(?![|~])\p{Sm}|~(?=\p{N})|[%‰‱٪°′″§]|\^(?=[+-]?[\p{L}\p{N}])`,
  // Marks and pictures; © and ®, and what decorates, are no statement, and of lines a table is drawn. Stars rate.
  String.raw`(?![©®☎☏✆✉☛☞➢➣➤►▶▸❖✦✧\u2500-\u259F])\p{So}|\p{Emoji_Modifier}`,
  // Between two numbers these are arithmetic, a ratio or a range; elsewhere punctuation.
  String.raw`(?<=\p{N} )[-*·/:](?= \p{N})|(?<=\p{N})[*·](?=\p{N})`,
  // Of code: what is and is not, multiplied, divided. "R&D" and "and/or" have the same signs, "C#" is not "C".
  String.raw`&&?|(?<= )\|\|(?= )|(?<![\p{L}\p{N}])!(?=[\p{L}\p{N}_(!])|(?<=\p{L})#(?![\p{L}\p{N}])`,
  String.raw`(?<=[\p{L}\p{N})\]] )[*/](?= [\p{L}\p{N}(])|(?<=\p{L})/(?=\p{L})`,
  // A grade is "A-", not "A".
  String.raw`(?<=(?<![\p{L}\p{M}\p{N}])[a-z]{1,3})-(?![\p{L}\p{N}-])`,
];
const wordPattern = new RegExp(patterns.join('|'), 'gu');

function wordsOf(text: string, from: number): Word[] {
  wordPattern.lastIndex = from;
  return Array.from(text.matchAll(wordPattern), (match) => {
    return { text: match[0], start: match.index, end: match.index + match[0].length };
  });
}
