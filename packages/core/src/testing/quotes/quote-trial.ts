import type { QuotedLanguage } from './languages.ts';
import type { SeededRandom } from './seeded-random.ts';

export interface QuoteTrial {
  random: SeededRandom;
  /** What a text says, to the letter. */
  quote: string;
  /** The text it was taken from, and another one. */
  text: string;
  other: string;
  language: QuotedLanguage;
}

/** A word, or where a script writes no spaces, a character; with the punctuation that touches it. */
const atomPattern =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}][\p{M}\u0e33]*|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]+/gu;

/** Replaces one match of a pattern, chosen at random. */
export function changeOne(
  { random, quote }: QuoteTrial,
  pattern: RegExp,
  change: (found: string) => string,
): string | undefined {
  const matches = [...quote.matchAll(pattern)];
  if (matches.length === 0) return undefined;
  const { 0: found, index } = random.pick(matches);
  return quote.slice(0, index) + change(found) + quote.slice(index + found.length);
}

export function atomsOf(quote: string): { text: string; start: number; end: number }[] {
  return Array.from(quote.matchAll(atomPattern), ({ 0: text, index }) => ({
    text,
    start: index,
    end: index + text.length,
  }));
}

/** Replaces a word or a character. */
export function changeAtom(trial: QuoteTrial, change: (atom: string) => string): string {
  return changeOne(trial, atomPattern, change) ?? trial.quote;
}

/** A stretch of a text of some words or characters, beginning and ending between two of them. */
export function someWords(random: SeededRandom, text: string, count: number): string {
  const atoms = atomsOf(text);
  const first = random.below(Math.max(1, atoms.length - count));
  return text.slice(atoms[first]?.start ?? 0, atoms[Math.min(atoms.length, first + count) - 1]?.end ?? text.length);
}
