import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import type { Passage } from '../retrieval/passage.ts';
import { textLanguage } from '../retrieval/text-language.ts';
import type { Answer, AnswerEvent } from './answer-event.ts';
import { fixedSentences } from './fixed-sentences.ts';
import { isTableRow } from './is-table-row.ts';
import { toMarkdownText } from './markdown-text.ts';
import { quoteAt } from './pick-quote.ts';
import { type QuotedQuestion, quoteSentences } from './quote-sentences.ts';
import { splitSentences } from './split-sentences.ts';
import { toCitation } from './to-citation.ts';

/** An answer without a model: the best sentences of the passages, quoted word for word and cited each. */
export async function* quoteAnswer(deps: Deps, scope: TwinScope, input: QuotedQuestion): Answer {
  const stretches = await quoteSentences(deps, scope, input);
  yield { type: 'text-delta', text: fixedSentences(input.question).fromDocuments };
  for (const [index, { passage, range }] of stretches.entries()) {
    const quote = quoteAt(passage, range);
    yield { type: 'citation-add', citation: toCitation(index + 1, passage, quote) };
    yield { type: 'text-delta', text: `\n\n> ${toMarkdownText(withoutLines(quote.quote))} [${index + 1}]` };
  }
  return { outcome: 'quoted', model: null };
}

/** Rows of a table as a sentence would say them: "Founders: Bill Gates, Paul Allen". */
function withoutLines(quote: string): string {
  if (!isTableRow(quote)) return quote;
  const rows = quote.split('\n').map((row) =>
    row
      .split('|')
      .map((cell) => cell.trim())
      .filter((cell) => cell !== ''),
  );
  return rows.map((cells) => cells.join(cells.length === 2 ? ': ' : ' · ')).join('; ');
}

/** An answer about the library as a whole without a model: each document with the sentence it opens with, cited. */
export async function* quoteOpenings(question: string, openings: readonly Passage[], documentCount: number): Answer {
  const language = textLanguage(question);
  const isEnglish = language === undefined || language === 'en';
  const opening = isEnglish ? countInEnglish(openings, documentCount) : fixedSentences(question).fromDocuments;
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

function* quoteOpening(passage: Passage, number: number): Generator<AnswerEvent> {
  const quote = quoteAt(passage, openingSentence(passage));
  yield { type: 'citation-add', citation: toCitation(number, passage, quote) };
  const title = toMarkdownText(passage.documentTitle);
  yield { type: 'text-delta', text: `\n- **${title}**: “${toMarkdownText(quote.quote)}” [${number}]` };
}

/** The first sentence that says something: not the title again, and not a heading where prose follows. */
function openingSentence(passage: Passage): { start: number; end: number } {
  const whole = { start: 0, end: passage.content.length };
  const ranges = splitSentences(passage.content);
  const prose = ranges.find(({ start, end }) => {
    const text = passage.content.slice(start, end);
    return text.split(/\s+/).length >= 5 && text.replace(/^#+ /, '') !== passage.documentTitle;
  });
  return prose ?? ranges[0] ?? whole;
}
