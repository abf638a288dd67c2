import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quoteMutations } from '../testing/quotes/quote-mutations.ts';
import { type QuoteTrial, someWords } from '../testing/quotes/quote-trial.ts';
import { quoteVariations } from '../testing/quotes/quote-variations.ts';
import { seededRandom } from '../testing/quotes/seeded-random.ts';
import { variedText } from '../testing/quotes/varied-text.ts';
import { testPassage } from '../testing/test-passage.ts';
import { locateQuote } from './locate-quote.ts';
import { resolveReference } from './resolve-reference.ts';

/** More look longer: TEST_QUOTE_TRIALS=20000. */
const trials = Number(process.env['TEST_QUOTE_TRIALS'] ?? 1_000);
const seeds = fc.integer({ min: 0, max: 2 ** 31 });

/** A text, and a quote of it that begins and ends where a word does. Undefined where what was drawn cuts a number or its unit. */
function drawTrial(seed: number): QuoteTrial | undefined {
  const random = seededRandom(seed);
  const { text, language } = variedText(random);
  const { text: other } = variedText(random);
  const length = random.pick([4, 6, 9, 14, 25, 60]);
  const quote = someWords(random, text, length + random.below(length));
  // A unit without its number is a word like others.
  if (/\p{N}\s?$/u.test(text.slice(0, text.indexOf(quote)))) return undefined;
  return locateQuote(text, quote) && { random, quote, text, other, language };
}

const unspaced = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]`;
const letters = String.raw`(?:(?!${unspaced})[\p{L}\p{M}\p{N}])+`;
const pieces = [
  String.raw`${unspaced}\p{M}*`,
  String.raw`[+\-\u2212]?(?:(?<!\p{N})\.)?\p{N}+(?:[.,:/٫٬]\p{N}+)*`,
  String.raw`${letters}(?:[-_'’/]${letters})*`,
  String.raw`!(?=[\p{L}(])|&&?|(?<= )\|\|(?= )|(?![|☎])[\p{S}%‰°٪]|(?<=\p{L})#|(?<=\p{N})[′″]`,
].join('|');

/** What is left to compare when white space, case and punctuation are set aside: words, numbers and signs, each between spaces. */
function said(quote: string): string {
  const plain = quote
    .replaceAll(/(?<=^|\n)\s*[●○]\s/g, '')
    .normalize('NFKC')
    .toLowerCase();
  return ` ${plain.match(new RegExp(pieces, 'gu'))?.join(' ') ?? ''} `;
}

/** Whether a text says a quote, or its parts around an ellipsis in their order. */
function says(text: string, quote: string): boolean {
  const all = said(text);
  let at = 0;
  for (const part of quote.split('…')) {
    at = all.indexOf(said(part), at);
    if (at < 0) return false;
  }
  return true;
}

function withoutReferences(text: string): string {
  return text.replaceAll(/\[\d{1,3}\]/g, '');
}

describe(`of ${trials} quotes from texts in many languages`, () => {
  test('with one thing changed, none is found', { timeout: trials * 100 }, () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(...Object.keys(quoteMutations)), (seed, how) => {
        const trial = drawTrial(seed);
        fc.pre(trial !== undefined);
        const mutated = quoteMutations[how]?.(trial);
        // A letter replaced by itself, or a word by its equal, is no mutation; nor is a shorter quote.
        fc.pre(mutated !== undefined && mutated !== trial.quote && said(mutated).trim() !== '');
        fc.pre(how === 'a negation behind an ellipsis' || !says(trial.text, mutated));
        // A reference number may be left out.
        fc.pre(how !== 'a word lost' || !says(withoutReferences(trial.text), withoutReferences(mutated)));
        expect(locateQuote(trial.text, mutated)).toBeUndefined();
        // Nor does the checker find it in another of the passages that were sent.
        fc.pre(!says(trial.other, mutated));
        const passages = [testPassage(trial.text), testPassage(trial.other, { chunkId: 2, documentId: 'doc-2' })];
        const named = { passageNumber: 1, sentenceNumber: null, quote: mutated };
        expect(resolveReference(passages, named, mutated)).toBeUndefined();
      }),
      { numRuns: trials, maxSkipsPerRun: 1_000 },
    );
  });

  test('set in another way, all are found', { timeout: trials * 100 }, () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(...Object.keys(quoteVariations)), (seed, how) => {
        const trial = drawTrial(seed);
        fc.pre(trial !== undefined);
        const { text, quote } = quoteVariations[how]?.(trial) ?? trial;
        expect(locateQuote(text, quote)).toBeDefined();
      }),
      { numRuns: trials },
    );
  });
});
