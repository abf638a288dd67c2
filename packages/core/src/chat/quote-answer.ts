import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import type { Passage } from '../retrieval/passage.ts';
import { textLanguage } from '../retrieval/text-language.ts';
import type { Answer, AnswerEvent } from './answer-event.ts';
import type { AnswerReader } from './answer-reader.ts';
import { fixedSentences } from './fixed-sentences.ts';
import { isTableRow } from './is-table-row.ts';
import { toMarkdownText } from './markdown-text.ts';
import { quoteAt } from './pick-quote.ts';
import { type QuotedQuestion, quoteSentences } from './quote-sentences.ts';
import { sayQuote } from './say-quote.ts';
import { sayStretch } from './say-stretch.ts';
import { sayTableRows } from './say-table-rows.ts';
import { splitSentences, type TextRange } from './split-sentences.ts';
import { toCitation } from './to-citation.ts';

/** Of the paragraph that tells what a document is about. */
const beginningCharacters = 400;

/**
 * An answer without a model: the best sentences of the passages, quoted word for word and cited each. Where it is in doubt whether
 * the documents are about the question, it says so before the same sentences, and ends `unsupported`.
 */
export async function* quoteAnswer(
  deps: Deps,
  scope: TwinScope,
  { isInDoubt = false, reader, ...input }: QuotedQuestion & { isInDoubt?: boolean; reader?: AnswerReader },
): Answer {
  const stretches = await quoteSentences(deps, scope, input);
  const say = fixedSentences(input.question, reader);
  yield { type: 'text-delta', text: isInDoubt ? say.nearestQuoted : say.fromDocuments };
  for (const [index, stretch] of stretches.entries()) {
    const { passage, range } = stretch;
    const quote = quoteAt(passage, range);
    yield { type: 'citation-add', citation: toCitation(index + 1, passage, quote) };
    yield { type: 'text-delta', text: `\n\n> ${sayStretch(stretch)} [${index + 1}]` };
  }
  return { outcome: isInDoubt ? 'unsupported' : 'quoted', model: null };
}

/** An answer about the library as a whole without a model: each document with the sentence it opens with, cited. */
export async function* quoteOpenings(
  question: string,
  openings: readonly Passage[],
  { documentCount, reader }: { documentCount: number; reader?: AnswerReader | undefined },
): Answer {
  const language = textLanguage(question);
  const isEnglish = language === undefined || language === 'en';
  const isCounted = isEnglish && reader !== 'visitor';
  const opening = isCounted ? countInEnglish(openings, documentCount) : fixedSentences(question, reader).fromDocuments;
  yield { type: 'text-delta', text: `${opening}\n` };
  for (const [index, passage] of openings.entries()) yield* quoteOpening(passage, index + 1);
  return { outcome: 'quoted', model: null };
}

function countInEnglish(openings: readonly Passage[], documentCount: number): string {
  if (documentCount === 1) return 'Your library holds one document. How it opens:';
  const shown =
    documentCount > openings.length ? `The newest ${openings.length}, each with how it opens` : 'How each opens';
  return `Your library holds ${documentCount} documents. ${shown}:`;
}

/** What documents are about, without a model: the sentences that each begins with, cited. */
export async function* quoteBeginnings(openings: readonly Passage[]): Answer {
  await Promise.resolve();
  for (const [index, passage] of openings.entries()) {
    yield* quoteOpening(passage, index + 1, openings.length === 1 ? beginningCharacters : 0);
  }
  return { outcome: 'quoted', model: null };
}

/** Quotes the sentence that a passage opens with, and as many of its paragraph as fit into a number of characters. */
function* quoteOpening(passage: Passage, number: number, charactersMax = 0): Generator<AnswerEvent> {
  const range = openingSentences(passage, charactersMax);
  const quote = quoteAt(passage, range);
  yield { type: 'citation-add', citation: toCitation(number, passage, quote) };
  const title = toMarkdownText(passage.documentTitle);
  const said = sayQuote(sayTableRows(passage.content, range));
  yield { type: 'text-delta', text: `\n- **${title}**: “${said}” [${number}]` };
}

/** From the first sentence that says something: not the title again, and no salutation, heading or row where prose follows. */
function openingSentences({ content, documentTitle }: Passage, charactersMax: number): TextRange {
  const ranges = splitSentences(content);
  const textOf = ({ start, end }: TextRange) => content.slice(start, end);
  const saying = ranges.filter((range) => {
    const text = textOf(range);
    return text.split(/\s+/).length >= 5 && text.replace(/^#+ /, '') !== documentTitle;
  });
  const prose = saying.filter((range) => !isTableRow(textOf(range)));
  const whole = prose.find((range) => /[.!?。！？]["'”’»)\]]*$/.test(textOf(range)));
  const first = whole ?? prose[0] ?? saying[0] ?? ranges[0] ?? { start: 0, end: content.length };
  const fitting = ranges.filter((range) => {
    const isOfParagraph = !/\n\s*\n/.test(content.slice(first.start, range.start));
    return isOfParagraph && range.end - first.start <= charactersMax;
  });
  return { start: first.start, end: Math.max(first.end, fitting.at(-1)?.end ?? 0) };
}
