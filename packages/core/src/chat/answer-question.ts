import type { DocumentFilter } from '@twin/db/queries/document-filter';
import { countSearchableDocuments, listOpeningChunkIds } from '@twin/db/queries/library';
import { listPassages } from '@twin/db/queries/search';
import { findTwin } from '@twin/db/queries/twins';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import type { ChatModel } from '../ports.ts';
import type { Passage } from '../retrieval/passage.ts';
import { retrieve } from '../retrieval/retrieve.ts';
import { type Persona, personaOf } from '../twin/persona.ts';
import { answerOnce } from './answer-cache.ts';
import type { Answer } from './answer-event.ts';
import { roomForPassages } from './build-prompt.ts';
import type { ChatTurn } from './chat-turn.ts';
import { answerContext, choosePassages } from './choose-passages.ts';
import { earlierQuestionsOf } from './earlier-questions.ts';
import { isOverviewQuestion } from './is-overview-question.ts';
import { joinNeighbours } from './join-neighbours.ts';
import { quoteAnswer, quoteOpenings } from './quote-answer.ts';
import { answerEmptyLibrary, answerEmptyPart, answerNothingRelevant } from './refuse.ts';
import { shortenPassage } from './shorten-passage.ts';
import { toSource } from './to-citation.ts';
import { findUsableModel } from './usable-model.ts';
import { writeAnswer } from './write-answer.ts';

export interface QuestionInput {
  question: string;
  /** What was said before, oldest first. */
  history: readonly ChatTurn[];
  /** The part of the library that is asked; all of it when left out. */
  filter?: DocumentFilter | undefined;
  signal: AbortSignal;
}

/** Found, of which those to answer from are chosen: deep enough that neighbours of the best are among them. */
const candidatesMax = 30;
const openingsMax = 12;
/** What a document is about stands at its top, and every document has to fit. */
const openingCharactersMax = 800;

/**
 * Answers a question from the documents: `search-start`, `search-end`, then text with its citations. Stores nothing but,
 * where a model wrote it, the answer for the next who asks the same.
 * Ends `answered` by the model, `quoted` without one, or in one of the refusals of `AnswerOutcome`, with the nearest
 * passages as sources where there are any.
 *
 * @throws AppError of the model's endpoint, or `canceled` when the signal aborts.
 */
export async function* answerQuestion(deps: Deps, scope: TwinScope, input: QuestionInput): Answer {
  const [documentCount, twin] = await Promise.all([
    countSearchableDocuments(deps.db, scope, input.filter),
    findTwin(deps.db, scope),
  ]);
  if (twin === undefined) throw new AppError('not-found', 'This twin does not exist.');
  yield { type: 'search-start', documentCount };
  if (documentCount === 0) return yield* input.filter ? answerEmptyPart() : answerEmptyLibrary(deps, scope);
  const { model, skipped } = await findUsableModel(deps, scope, twin.dailyTokensMax);
  if (skipped !== null) yield { type: 'model-skip', reason: skipped };
  const persona = personaOf(twin);
  // Reranking costs tokens too: a budget that is used up stops both.
  const affordable = skipped === null ? deps : { ...deps, reranker: undefined };
  const answer = (): Answer =>
    isOverviewQuestion(input.question)
      ? answerOverview(deps, scope, { ...input, persona, model }, documentCount)
      : answerFromPassages(affordable, scope, { ...input, persona, model });
  if (model === undefined) return yield* answer();
  const { corpusVersion } = twin;
  return yield* answerOnce(deps, scope, { ...input, persona, corpusVersion, model }, answer);
}

interface Asked extends QuestionInput {
  persona: Persona;
  /** Undefined when the answer is to be quoted. */
  model: ChatModel | undefined;
}

async function* answerFromPassages(deps: Deps, scope: TwinScope, input: Asked): Answer {
  const { question, history, filter, signal, model } = input;
  const earlierQuestions = earlierQuestionsOf(history);
  const found = await retrieve(deps, scope, { question, limit: candidatesMax, earlierQuestions, filter, signal });
  const passagesMax = answerContext.passagesMax;
  const tokensMax = model ? Math.min(answerContext.tokensMax, roomForPassages(input, model)) : answerContext.tokensMax;
  const passages = await joinNeighbours(deps, scope, choosePassages(found.passages, { tokensMax, passagesMax }));
  if (passages.length === 0) return yield* answerNothingRelevant(passages);
  if (model) return yield* writeAnswer(model, { ...input, passages, relevant: found.relevant, spent: found.spent });
  if (!found.relevant) return yield* answerNothingRelevant(passages);
  yield { type: 'search-end', sources: passages.map(toSource) };
  return yield* quoteAnswer(deps, scope, { question, passages, signal });
}

async function* answerOverview(deps: Deps, scope: TwinScope, input: Asked, documentCount: number): Answer {
  const chunkIds = await listOpeningChunkIds(deps.db, scope, { limit: openingsMax, filter: input.filter });
  const rows = await listPassages(deps.db, scope, chunkIds);
  const passages = rows.map((row): Passage => ({ ...row, score: 1, similarity: null }));
  if (input.model) {
    const shortened = passages.map((passage) => shortenPassage(passage, openingCharactersMax));
    return yield* writeAnswer(input.model, { ...input, passages: shortened, relevant: true });
  }
  yield { type: 'search-end', sources: passages.map(toSource) };
  return yield* quoteOpenings(passages, documentCount);
}
