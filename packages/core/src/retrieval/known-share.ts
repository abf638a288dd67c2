import { isUnspaced } from './unspaced-script.ts';

/**
 * Share of a text's letters and digits that stand in words which a vocabulary of word pieces holds whole, 0 to 1. Of the
 * built-in model's, half of all English documents that were looked at have 0.85 and more, and 95 in 100 questions 0.59 and more; half of
 * all German, Spanish, Romanian and Vietnamese ones have at most 0.36, Turkish 0.1, and other scripts next to nothing.
 */
export function knownShare(text: string, vocabulary: { has(piece: string): boolean }): number {
  const folded = text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
  let letters = 0;
  let known = 0;
  for (const [word] of folded.matchAll(/[\p{L}\p{N}]+/gu)) {
    letters += word.length;
    if (word.length > 1 && vocabulary.has(word) && !isUnspaced(word)) known += word.length;
  }
  return letters === 0 ? 0 : known / letters;
}
