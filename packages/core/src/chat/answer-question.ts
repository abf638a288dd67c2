import type { DocumentFilter } from '@twin/db/queries/document-filter';
import { countSearchableDocuments, listOpeningChunkIds } from '@twin/db/queries/library';
import { listPassages } from '@twin/db/queries/search';
import { countDocuments } from '@twin/db/queries/stats';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import type { Passage } from '../retrieval/passage.ts';
import { retrieve } from '../retrieval/retrieve.ts';
import type { Answer } from './answer-event.ts';
import type { ChatTurn } from './chat-turn.ts';
import { earlierQuestionsOf } from './earlier-questions.ts';
import { isOverviewQuestion } from './is-overview-question.ts';
import { quoteAnswer, quoteOpenings } from './quote-answer.ts';
import { toSource } from './to-citation.ts';
import { writeAnswer } from './write-answer.ts';

export interface QuestionInput {
  question: string;
  /** What was said before, oldest first. */
  history: readonly ChatTurn[];
  /** The part of the library that is asked; all of it when left out. */
  filter?: DocumentFilter | undefined;
  signal: AbortSignal;
}

const passagesMax = 8;
const openingsMax = 12;

/**
 * Answers a question from the documents: `search-start`, `search-end`, then text with its citations. Stores nothing.
 * Ends `answered` by the model, `quoted` without one, or in one of the refusals of `AnswerOutcome`, with the nearest
 * passages as sources where there are any.
 *
 * @throws AppError of the model's endpoint, or `canceled` when the signal aborts.
 */
export async function* answerQuestion(deps: Deps, scope: TwinScope, input: QuestionInput): Answer {
  const documentCount = await countSearchableDocuments(deps.db, scope, input.filter);
  yield { type: 'search-start', documentCount };
  if (documentCount === 0) return yield* input.filter ? answerEmptyPart() : answerEmptyLibrary(deps, scope);
  if (isOverviewQuestion(input.question)) return yield* answerOverview(deps, scope, input, documentCount);

  const { question, history, filter, signal } = input;
  const earlierQuestions = earlierQuestionsOf(history);
  const found = await retrieve(deps, scope, { question, limit: passagesMax, earlierQuestions, filter, signal });
  if (found.passages.length === 0) return yield* answerNothingRelevant(found.passages);
  if (deps.chatModel) return yield* writeAnswer(deps.chatModel, { ...input, ...found });
  if (!found.relevant) return yield* answerNothingRelevant(found.passages);
  yield { type: 'search-end', sources: found.passages.map(toSource) };
  return yield* quoteAnswer(deps, scope, { question, passages: found.passages, signal });
}

async function* answerOverview(deps: Deps, scope: TwinScope, input: QuestionInput, documentCount: number): Answer {
  const chunkIds = await listOpeningChunkIds(deps.db, scope, { limit: openingsMax, filter: input.filter });
  const rows = await listPassages(deps.db, scope, chunkIds);
  const passages = rows.map((row): Passage => ({ ...row, score: 1, similarity: null }));
  if (deps.chatModel)
    return yield* writeAnswer(deps.chatModel, { ...input, passages: passages.map(shortened), relevant: true });
  yield { type: 'search-end', sources: passages.map(toSource) };
  return yield* quoteOpenings(passages, documentCount);
}

const openingCharactersMax = 800;

/** The beginning of an opening: what a document is about stands at its top, and every document has to fit. */
function shortened(passage: Passage): Passage {
  if (passage.content.length <= openingCharactersMax) return passage;
  const lastSpace = passage.content.lastIndexOf(' ', openingCharactersMax);
  const halfPair = /[\uD800-\uDBFF]/.test(passage.content[openingCharactersMax - 1] ?? '');
  const length = lastSpace > 0 ? lastSpace : openingCharactersMax - (halfPair ? 1 : 0);
  return { ...passage, content: passage.content.slice(0, length), endOffset: passage.startOffset + length };
}

async function* answerEmptyLibrary(deps: Deps, scope: TwinScope): Answer {
  yield { type: 'search-end', sources: [] };
  const { inProgress } = await countDocuments(deps.db, scope);
  const text =
    inProgress > 0
      ? 'Your documents are still being read, so there is nothing to answer from yet. Ask again when the first one is ready.'
      : 'There are no documents to answer from yet. Add some, or load the sample collection, then ask again.';
  yield { type: 'text-delta', text };
  return { outcome: 'empty-library', model: null };
}

async function* answerEmptyPart(): Answer {
  yield { type: 'search-end', sources: [] };
  const text =
    'The part of your library that you asked has no documents that are ready. Add some to it, or ask everything.';
  yield { type: 'text-delta', text };
  return { outcome: 'nothing-relevant', model: null };
}

async function* answerNothingRelevant(nearest: readonly Passage[]): Answer {
  yield { type: 'search-end', sources: nearest.map(toSource) };
  const text =
    nearest.length > 0
      ? 'I found nothing in your documents that answers this. The nearest passages are listed as sources; they may be about something else.'
      : 'I found nothing in your documents that answers this.';
  yield { type: 'text-delta', text };
  return { outcome: 'nothing-relevant', model: null };
}
