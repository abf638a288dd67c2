import type { Passage } from '../retrieval/passage.ts';
import type { CitationReference } from './citation-marker.ts';
import { type LocatedQuote, locateQuote } from './locate-quote.ts';
import { pickQuote, type Quote, quoteAt } from './pick-quote.ts';
import { countWords, isProof } from './quote-strength.ts';
import { splitSentences, type TextRange } from './split-sentences.ts';
import { supports } from './supports.ts';

/** A claim's proof: words that stand in a passage. */
export interface CitedQuote {
  passage: Passage;
  quote: Quote;
}

/** Fewer words in a row stand in a passage that the model did not mean. */
const movedWordsMin = 4;
/** Fewer words in a row may stand in a passage by chance, or about something else. */
const statedWordsMin = 5;
/** What is left out may be the word that denies the rest. */
const leavesOut = /(?:\.{3}|…)\s*[^\s"'”’»)]/;
/** What a sentence may have before and behind the words that it says: signs of lists and headings, notes, its end. No other word. */
const beforeStatement = /^(?:(?:[-*•>+]|#{1,6}|\d{1,3}[.)])\s+)?["'“”„«‘’([*_]*$/;
const behindStatement = /^["'“”»’)\]*_]*[.!。！]*["'“”»’)\]*_]*(?: ?\[\d{1,4}\])*$/;

/**
 * What a marker stands on, once it is verified. With a quote: the sentences of the cited passage that hold it, the named one
 * before others, else those of another passage that was sent and says all of four words or more to the letter. Without: the
 * sentence it names, or the passage's nearest one, if that supports the claim by its words. Undefined when nothing was sent
 * under that number or id, no passage says the quote, or what stands there does not say the claim: such a citation must not
 * be shown.
 */
export function resolveReference(
  sent: readonly Passage[],
  reference: CitationReference,
  claim: string,
): CitedQuote | undefined {
  const { passageNumber, sentenceNumber, quote } = reference;
  const passage = sent[passageNumber - 1];
  const named = passage && sentenceNumber !== null ? splitSentences(passage.content)[sentenceNumber - 1] : undefined;
  if (quote !== null) return isProof(quote, claim) ? findQuote(sent, { passage, named }, quote) : undefined;
  if (passage === undefined) return undefined;
  if (sentenceNumber === null) {
    const picked = pickQuote(passage, claim);
    return picked && { passage, quote: picked };
  }
  if (named === undefined || !supports(passage.content.slice(named.start, named.end), claim)) return undefined;
  return { passage, quote: quoteAt(passage, named) };
}

/**
 * Where a passage says what a sentence says that names no source, word for word as a quote has to, in whole sentences: in a part of
 * one it may be denied, asked or made to depend. Undefined for one that is put in other words: what is only shared proves too
 * little (see docs/decisions/0150).
 */
export function findStatement(sent: readonly Passage[], sentence: string): CitedQuote | undefined {
  const said = sentence
    .trim()
    .replace(/^(?:[-*•>]|\d{1,3}[.)]) /, '')
    .replaceAll(/\*\*|__/g, '');
  if (countWords(said) < statedWordsMin || !isProof(said, said) || leavesOut.test(said)) return undefined;
  for (const passage of sent) {
    const range = locateStatement(passage.content, said);
    if (range !== undefined) return quoteSentences(passage, range);
  }
  return undefined;
}

function locateStatement(text: string, said: string): TextRange | undefined {
  const first = locateQuote(text, said)?.range;
  if (first === undefined) return undefined;
  const sentences = splitSentences(text);
  if (isWhole(text, sentences, first)) return first;
  for (const { start, end } of sentences) {
    const inside = locateQuote(text.slice(start, end), said)?.range;
    const range = inside && { start: start + inside.start, end: start + inside.end };
    if (range !== undefined && isWhole(text, sentences, range)) return range;
  }
  return undefined;
}

/** Whether a range holds all that the sentences say that it touches. */
function isWhole(text: string, sentences: readonly TextRange[], range: TextRange): boolean {
  const touched = around(sentences, range);
  return (
    beforeStatement.test(text.slice(touched.start, range.start)) &&
    behindStatement.test(text.slice(range.end, touched.end))
  );
}

interface Cited {
  passage: Passage | undefined;
  /** The sentence of it that the marker names. */
  named: TextRange | undefined;
}

function findQuote(sent: readonly Passage[], cited: Cited, quote: string): CitedQuote | undefined {
  const here = locateNear(cited, quote);
  if (cited.passage !== undefined && here !== undefined) return quoteSentences(cited.passage, here.range);
  if (countWords(quote) < movedWordsMin) return undefined;
  for (const passage of sent) {
    const elsewhere = passage === cited.passage ? undefined : locateQuote(passage.content, quote);
    if (elsewhere !== undefined && elsewhere.match !== 'aligned') return quoteSentences(passage, elsewhere.range);
  }
  return undefined;
}

function locateNear({ passage, named }: Cited, quote: string): LocatedQuote | undefined {
  if (passage === undefined) return undefined;
  if (named === undefined) return locateQuote(passage.content, quote);
  const inside = locateQuote(passage.content.slice(named.start, named.end), quote);
  if (inside === undefined) return locateQuote(passage.content, quote, named.start);
  const { start, end } = inside.range;
  return { ...inside, range: { start: named.start + start, end: named.start + end } };
}

/** The whole sentences around a located quote: a reader judges a sentence, not a scrap. */
function quoteSentences(passage: Passage, range: TextRange): CitedQuote {
  return { passage, quote: quoteAt(passage, around(splitSentences(passage.content), range)) };
}

/** A range with the rest of the sentences that it touches. */
function around(sentences: readonly TextRange[], range: TextRange): TextRange {
  const touched = sentences.filter(({ start, end }) => start < range.end && end > range.start);
  const start = Math.min(range.start, touched[0]?.start ?? range.start);
  const end = Math.max(range.end, touched.at(-1)?.end ?? range.end);
  return { start, end };
}
