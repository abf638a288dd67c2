import type { Passage } from '../retrieval/passage.ts';
import type { CitationReference } from './citation-marker.ts';
import { locateQuote } from './locate-quote.ts';
import { pickQuote, type Quote, quoteAt } from './pick-quote.ts';
import { splitSentences, type TextRange } from './split-sentences.ts';

/** A claim's proof: words that stand in a passage. */
export interface CitedQuote {
  passage: Passage;
  quote: Quote;
}

/**
 * What a marker stands on, once it is verified. With a quote: the sentences of the cited passage that hold it, else those
 * of another passage that was sent and says it to the letter. Without: the sentence it names, else the passage's sentence
 * nearest to the claim. Undefined when nothing was sent under that number, or no passage says the quote: such a citation
 * must not be shown.
 */
export function resolveReference(
  sent: readonly Passage[],
  { passageNumber, sentenceNumber, quote }: CitationReference,
  claim: string,
): CitedQuote | undefined {
  const passage = sent[passageNumber - 1];
  if (quote !== null) return findQuote(sent, passage, quote);
  if (passage === undefined) return undefined;
  const sentence = sentenceNumber === null ? undefined : splitSentences(passage.content)[sentenceNumber - 1];
  return { passage, quote: sentence === undefined ? pickQuote(passage, claim) : quoteAt(passage, sentence) };
}

function findQuote(sent: readonly Passage[], cited: Passage | undefined, quote: string): CitedQuote | undefined {
  const here = cited && locateQuote(cited.content, quote);
  if (cited !== undefined && here !== undefined) return quoteSentences(cited, here.range);
  for (const passage of sent) {
    const elsewhere = passage === cited ? undefined : locateQuote(passage.content, quote);
    if (elsewhere !== undefined && elsewhere.match !== 'aligned') return quoteSentences(passage, elsewhere.range);
  }
  return undefined;
}

/** The whole sentences around a located quote: a reader judges a sentence, not a scrap. */
function quoteSentences(passage: Passage, range: TextRange): CitedQuote {
  const touched = splitSentences(passage.content).filter(({ start, end }) => start < range.end && end > range.start);
  const start = Math.min(range.start, touched[0]?.start ?? range.start);
  const end = Math.max(range.end, touched.at(-1)?.end ?? range.end);
  return { passage, quote: quoteAt(passage, { start, end }) };
}
