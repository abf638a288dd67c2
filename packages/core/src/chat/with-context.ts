import type { QuotedStretch } from './join-stretches.ts';
import { isQuestion, opensItem, type Sentence } from './list-sentences.ts';
import type { TextRange } from './split-sentences.ts';

/** From here on a quote says enough by itself. Beyond twice as much nothing comes along. See docs/decisions/0361. */
const enoughCharacters = 200;
/** A longer sentence is not what "it" stands for alone. */
const antecedentCharactersMax = 240;
const opensWithPronoun = /^(?:It|They|He|She|This|These|That|Those|Its|Their|His|Her)\b/;

/**
 * A sentence as it is quoted: a short one says little alone and often the next one answers, so of its paragraph, or its item of a list,
 * what follows comes along, then what stands before, until that is enough. One that opens with a pronoun takes along the one before it first.
 *
 * @param all what is said in all passages, in order.
 */
export function withContext(
  { passage, range, text, isHeading, cells }: Sentence,
  all: readonly Sentence[],
): QuotedStretch {
  if (isHeading) return { passage, range };
  if (cells.length > 0) return { passage, range, best: range };
  const { content } = passage;
  const prose = all.filter((other) => other.passage === passage && !other.isHeading && other.cells.length === 0);
  const isApart = (start: number, end: number) => /\S|\n\s*\n/.test(content.slice(start, end));
  const before = ({ start }: TextRange) =>
    prose.findLast(({ range }) => range.end <= start && !isApart(range.end, start));
  const after = ({ end }: TextRange) => prose.find(({ range }) => range.start >= end && !isApart(end, range.start));
  const isShort = ({ start, end }: TextRange) => end - start < enoughCharacters;
  const fits = ({ start, end }: TextRange) => end - start <= 2 * enoughCharacters;
  const opensAnItem = ({ start }: TextRange) => opensItem.test(content.slice(start));

  let grown = range;
  const antecedent = opensWithPronoun.test(text) ? before(grown) : undefined;
  if (antecedent && antecedent.text.length < antecedentCharactersMax)
    grown = { ...grown, start: antecedent.range.start };
  while (isShort(grown)) {
    const next = after(grown);
    // A question belongs to the answer behind it.
    if (!next || opensAnItem(next.range) || isQuestion(next.text) || !fits({ ...grown, end: next.range.end })) break;
    grown = { ...grown, end: next.range.end };
  }
  while (isShort(grown) && !opensAnItem(grown)) {
    const previous = before(grown);
    if (!previous || !fits({ ...grown, start: previous.range.start })) break;
    grown = { ...grown, start: previous.range.start };
    if (isQuestion(previous.text)) break;
  }
  return { passage, range: grown, best: range };
}
