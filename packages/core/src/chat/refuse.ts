import { countDocuments } from '@twin/db/queries/stats';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import type { SpentTokens } from '../ports.ts';
import type { Passage } from '../retrieval/passage.ts';
import type { Answer } from './answer-event.ts';
import type { AnswerReader } from './answer-reader.ts';
import { fixedSentences } from './fixed-sentences.ts';
import { toSource } from './to-citation.ts';

/** Says that there is nothing to answer from, or not yet. */
export async function* answerEmptyLibrary(
  deps: Deps,
  scope: TwinScope,
  question: string,
  reader?: AnswerReader,
): Answer {
  yield { type: 'search-end', sources: [] };
  const { inProgress } = await countDocuments(deps.db, scope);
  const say = fixedSentences(question, reader);
  const text = inProgress > 0 ? say.stillReading : say.emptyLibrary;
  yield { type: 'text-delta', text };
  return { outcome: 'empty-library', model: null };
}

/** Says that the part of the library that was asked holds nothing to answer from. */
export async function* answerEmptyPart(question: string): Answer {
  yield { type: 'search-end', sources: [] };
  yield { type: 'text-delta', text: fixedSentences(question).emptyPart };
  return { outcome: 'nothing-relevant', model: null };
}

/** Says that the documents are about something else, with the nearest passages as sources. */
export async function* answerNothingRelevant(
  question: string,
  nearest: readonly Passage[],
  { spent, reader }: { spent?: SpentTokens | undefined; reader?: AnswerReader | undefined },
): Answer {
  yield { type: 'search-end', sources: nearest.map(toSource), ...(spent && { spent }) };
  const say = fixedSentences(question, reader);
  const text = nearest.length > 0 ? `${say.nothingFound} ${say.nearestListed}` : say.nothingFound;
  yield { type: 'text-delta', text };
  return { outcome: 'nothing-relevant', model: null };
}
