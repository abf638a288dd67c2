import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import type { Passage } from '../retrieval/passage.ts';
import type { Answer, AnswerEvent } from './answer-event.ts';
import { fixedSentences } from './fixed-sentences.ts';
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
    yield { type: 'text-delta', text: `\n\n> ${toMarkdownText(quote.quote)} [${index + 1}]` };
  }
  return { outcome: 'quoted', model: null };
}

/** An answer about the library as a whole without a model: each document with the sentence it opens with, cited. */
export async function* quoteOpenings(openings: readonly Passage[], documentCount: number): Answer {
  const count = documentCount === 1 ? 'one document' : `${documentCount} documents`;
  const shown =
    documentCount > openings.length ? ` The newest ${openings.length}, each with how it opens` : ' How each opens';
  yield { type: 'text-delta', text: `Your library holds ${count}.${documentCount === 1 ? ' How it opens' : shown}:\n` };
  for (const [index, passage] of openings.entries()) yield* quoteOpening(passage, index + 1);
  return { outcome: 'quoted', model: null };
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
