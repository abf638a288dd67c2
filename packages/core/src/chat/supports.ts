import { contentWords } from '../retrieval/content-words.ts';
import { negatedWords } from './negated-words.ts';

/** Of the words of a claim, what a sentence has to hold to be taken for what it rests on. */
const supportShareMin = 0.5;

/**
 * Whether a sentence can be what a claim rests on, by words: it holds most of the claim's content words and all of its
 * numbers, and denies none of them that the claim affirms, nor the other way round. Proves nothing across languages, where
 * names and numbers alone are shared. See docs/decisions/0150 for what it lets through.
 */
export function supports(sentence: string, claim: string, shareMin = supportShareMin): boolean {
  const [wholeClaim, wholeSentence] = [withWholeNumbers(claim), withWholeNumbers(sentence)];
  const claimed = contentWords(wholeClaim);
  if (claimed.size === 0) return false;
  const held = contentWords(wholeSentence);
  const shared = [...claimed].filter((word) => held.has(word));
  if (shared.length < shareMin * claimed.size) return false;
  if ([...claimed].some((word) => /\p{N}/u.test(word) && !held.has(word))) return false;
  const [deniedByClaim, denied] = [negatedWords(wholeClaim), negatedWords(wholeSentence)];
  return shared.every((word) => deniedByClaim.has(word) === denied.has(word));
}

/** A number is one word: grouped thousands without their separators, and decimals and times with a letter in theirs' place. */
export function withWholeNumbers(text: string): string {
  return text
    .replaceAll(/(?<=\p{N})[.,](?=\p{N}{3}(?!\p{N}))/gu, '')
    .replaceAll(/(?<=\p{N})[.,](?=\p{N})/gu, 'x')
    .replaceAll(/(?<=\p{N}):(?=\p{N})/gu, 'h');
}
