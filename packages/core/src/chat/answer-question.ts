import type { DocumentFilter } from '@twin/db/queries/document-filter';
import {
  countSearchableDocuments,
  listDocumentIdsNamed,
  listIntroducingNames,
  listOpeningChunkIds,
} from '@twin/db/queries/library';
import { listPassages } from '@twin/db/queries/search';
import { findTwin, type Twin } from '@twin/db/queries/twins';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import { forgetQuestions } from '../cache/forget-questions.ts';
import type { Deps } from '../deps.ts';
import { type ActiveEmbedder, findActiveEmbedder } from '../embedding-models/active-embedder.ts';
import type { ChatModel } from '../ports.ts';
import { isFollowUp } from '../retrieval/follow-up.ts';
import type { Passage } from '../retrieval/passage.ts';
import { type Retrieval, retrieve } from '../retrieval/retrieve.ts';
import { standingQuestion } from '../retrieval/standing-question.ts';
import { type Persona, personaOf } from '../twin/persona.ts';
import { answerFixed, asksWho, replyAboutItself } from './answer-about-itself.ts';
import { answerOnce } from './answer-cache.ts';
import type { Answer } from './answer-event.ts';
import type { AnswerReader } from './answer-reader.ts';
import { replyToThanks } from './answer-thanks.ts';
import { addSpent } from './answer-usage.ts';
import { quotedTokens, roomForPassages } from './build-prompt.ts';
import type { ChatTurn } from './chat-turn.ts';
import { answerContext, choosePassages } from './choose-passages.ts';
import { earlierQuestionsOf } from './earlier-questions.ts';
import { fixedSentences } from './fixed-sentences.ts';
import { introduces } from './introduces.ts';
import { isOneCharacter } from './is-one-character.ts';
import { isOverviewQuestion } from './is-overview-question.ts';
import { joinNeighbours } from './join-neighbours.ts';
import { markHeadings } from './mark-headings.ts';
import { namedDocument } from './named-document.ts';
import { placeOnPages } from './place-on-pages.ts';
import { quoteAnswer, quoteBeginnings, quoteOpenings } from './quote-answer.ts';
import { answerEmptyLibrary, answerEmptyPart, answerNothingRelevant } from './refuse.ts';
import { rewriteQuestion } from './rewrite-question.ts';
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
  /** Whether the answer is to be made anew, though an equal question was answered before. */
  isFresh?: boolean;
  /**
   * The owner's side when left out. A visitor is shown nothing of what was found and not cited, and leaves no trace in the
   * caches, nor finds the owner's there: what is deleted is gone, and how fast an answer comes tells nothing.
   */
  reader?: AnswerReader;
  signal: AbortSignal;
  /** The running answer that tokens are reserved for. */
  messageId?: string;
}

/** Found, of which those to answer from are chosen: deep enough that neighbours of the best are among them. */
const candidatesMax = 30;
const openingsMax = 12;
/** More documents of one name: the name says too little. */
const namedMax = 3;
/** Looked through for one that introduces the person. */
const introducingMax = 50;
/** What a document is about stands at its top, and every document has to fit. */
const openingCharactersMax = 800;

/**
 * Answers a question from the documents: `search-start`, `search-end`, then text with its citations. Stores nothing but,
 * where a model wrote it and nobody visits, the answer for the next who asks the same.
 * Ends `answered` by the model, or where thanks were said or the twin itself was asked about; `quoted` without one, or where documents introduce the person, or in one of the refusals of `AnswerOutcome`, with the nearest
 * passages as sources where there are any, quoted where a question is in doubt.
 *
 * @throws AppError of the model's endpoint, or `canceled` when the signal aborts.
 */
export async function* answerQuestion(deps: Deps, scope: TwinScope, input: QuestionInput): Answer {
  const [documentCount, twin, active] = await Promise.all([
    countSearchableDocuments(deps.db, scope, input.filter),
    findTwin(deps.db, scope),
    findActiveEmbedder(deps),
  ]);
  if (twin === undefined) throw new AppError('not-found', 'This twin does not exist.');
  yield { type: 'search-start', documentCount };
  if (documentCount === 0)
    return yield* input.filter
      ? answerEmptyPart(input.question)
      : answerEmptyLibrary(deps, scope, input.question, input.reader);
  const isFirst = input.history.length === 0;
  const reply =
    replyToThanks(input.question) ??
    replyAboutItself(input.question, twin, { documentCount, isFirst, reader: input.reader });
  if (reply !== undefined) return yield* answerItself(deps, scope, input, { reply, name: twin.name });
  const isVisitors = input.reader === 'visitor';
  const answering = isVisitors ? { ...deps, cache: forgetQuestions(deps.cache) } : deps;
  const answer = (): Answer => answerAnew(answering, scope, input, { twin, documentCount, active });
  const { chatModel: model } = deps;
  // Also where the budget is used up: an answer that was given costs nothing.
  if (model === undefined || input.isFresh === true || isVisitors) return yield* answer();
  const { corpusVersion } = twin;
  const identity = { ...input, persona: personaOf(twin), corpusVersion, model, embeddingModel: active?.model };
  return yield* answerOnce(deps, scope, identity, answer);
}

async function* answerAnew(
  deps: Deps,
  scope: TwinScope,
  input: QuestionInput,
  { twin, documentCount, active }: { twin: Twin; documentCount: number; active: ActiveEmbedder | undefined },
): Answer {
  const { dailyTokensMax } = twin;
  const { question, history, messageId } = input;
  const persona = personaOf(twin);
  const budgeted = { question, history, persona, dailyTokensMax, messageId };
  const { model, skipped } = await findUsableModel(deps, scope, budgeted);
  if (skipped !== null) yield { type: 'model-skip', reason: skipped };
  const asked: Asked = { ...input, persona, model, active };
  const { question: standing } = standingQuestion(question, earlierQuestionsOf(history));
  if (isOverviewQuestion(standing, { isOpening: history.length === 0 }))
    return yield* answerOverview(deps, scope, asked, documentCount);
  const named = model === undefined ? await listNamed(deps, scope, { ...input, question: standing }) : [];
  if (named.length > 0) return yield* answerNamed(deps, scope, asked, named);
  // Reranking by a model costs tokens too: a budget that is used up stops both.
  const affordable = skipped !== null && deps.reranker?.spendsTokens ? { ...deps, reranker: undefined } : deps;
  return yield* answerFromPassages(affordable, scope, asked);
}

interface Asked extends QuestionInput {
  persona: Persona;
  /** Undefined when the answer is to be quoted. */
  model: ChatModel | undefined;
  active: ActiveEmbedder | undefined;
}

async function* answerFromPassages(deps: Deps, scope: TwinScope, input: Asked): Answer {
  const { question, model } = input;
  const found = await search(deps, scope, input);
  const passagesMax = answerContext.passagesMax;
  const tokensMax = model ? Math.min(answerContext.tokensMax, roomForPassages(input, model)) : answerContext.tokensMax;
  const chosen = choosePassages(found.passages, { tokensMax, passagesMax }, model && quotedTokens);
  const passages = await placeOnPages(deps, scope, await joinNeighbours(deps, scope, chosen));
  const { spent, degraded } = found;
  if (isOffTopic(found, input)) {
    // Where nothing of a question is known, what is nearest to it is noise.
    const isNoise = isOneCharacter(question) || found.relevance === 0;
    const isHidden = isNoise || input.reader === 'visitor';
    return yield* answerNothingRelevant(question, isHidden ? [] : passages, { spent, reader: input.reader });
  }
  if (model) {
    const result = yield* writeAnswer(model, { ...input, passages, spent });
    return degraded ? { ...result, degraded } : result;
  }
  yield { type: 'search-end', sources: passages.map(toSource) };
  const quotable = {
    earlierQuestions: earlierQuestionsOf(input.history),
    passages: await markHeadings(deps, scope, passages),
  };
  return yield* quoteAnswer(deps, scope, { ...input, ...quotable, isInDoubt: found.relevance < 1 });
}

/**
 * Whether a question is about something else than the documents. A model is not asked then, nor paid: where any passage is
 * found, only for one that leans on the conversation, which may hold the answer, and for one so near that it may tell better.
 * Without a model one so near is quoted in doubt.
 */
function isOffTopic({ passages, relevance, doubtMin }: Retrieval, { question, history, model }: Asked): boolean {
  if (passages.length === 0) return true;
  if (model === undefined) return isOneCharacter(question) || relevance < doubtMin;
  const leansOn = history.length > 0 && isFollowUp(question);
  return !leansOn && relevance < doubtMin;
}

/** Finds passages for a question; for one that leans on the conversation, where a model can, by its rewriting. */
async function search(deps: Deps, scope: TwinScope, { question, history, filter, signal, model, active }: Asked) {
  const earlierQuestions = earlierQuestionsOf(history);
  const limits = { limit: candidatesMax, filter, signal, active: Promise.resolve(active) };
  if (model === undefined || earlierQuestions.length === 0 || !isFollowUp(question)) {
    return await retrieve(deps, scope, { ...limits, question, earlierQuestions });
  }
  const { question: rewritten, spent } = await rewriteQuestion(deps, model, { question, history, signal });
  const asked = rewritten === undefined ? { question, earlierQuestions } : { question: rewritten, asAsked: question };
  const found = await retrieve(deps, scope, { ...limits, ...asked });
  return {
    ...found,
    spent: found.spent ? addSpent(found.spent, spent) : spent,
    degraded: found.degraded || rewritten === undefined,
  };
}

async function* answerOverview(deps: Deps, scope: TwinScope, input: Asked, documentCount: number): Answer {
  const passages = await listOpenings(deps, scope, input.filter);
  if (input.model) {
    const shortened = passages.map((passage) => shortenPassage(passage, openingCharactersMax));
    return yield* writeAnswer(input.model, { ...input, passages: shortened });
  }
  yield { type: 'search-end', sources: passages.map(toSource) };
  return yield* quoteOpenings(input.question, passages, { documentCount, reader: input.reader });
}

async function listOpenings(deps: Deps, scope: TwinScope, filter: DocumentFilter | undefined): Promise<Passage[]> {
  const chunkIds = await listOpeningChunkIds(deps.db, scope, { limit: openingsMax, filter });
  const rows = await listPassages(deps.db, scope, chunkIds);
  const openings = rows.map((row): Passage => ({ ...row, score: 1, similarity: null }));
  return await placeOnPages(deps, scope, openings);
}

/** The documents that a question names, where it asks for no more than what they are about. */
async function listNamed({ db }: Deps, scope: TwinScope, { question, filter }: QuestionInput): Promise<string[]> {
  const name = namedDocument(question);
  if (name === undefined) return [];
  const named = await listDocumentIdsNamed(db, scope, { name, limit: namedMax + 1, filter });
  return named.length > namedMax ? [] : named;
}

/** Who the twin is, and, where that is asked, what documents say that introduce the person: a CV, a page about them. */
async function* answerItself(
  deps: Deps,
  scope: TwinScope,
  { question, filter }: QuestionInput,
  { reply, name }: { reply: string; name: string },
): Answer {
  const introducing = asksWho(question) ? await listIntroducing(deps, scope, { filter, name }) : [];
  if (introducing.length === 0 || introducing.length > namedMax) return yield* answerFixed(reply);
  const passages = await listOpenings(deps, scope, { documentIds: introducing });
  yield { type: 'search-end', sources: passages.map(toSource) };
  yield { type: 'text-delta', text: `${reply}\n` };
  return yield* quoteBeginnings(passages);
}

async function listIntroducing(
  { db }: Deps,
  scope: TwinScope,
  { filter, name }: { filter: DocumentFilter | undefined; name: string },
): Promise<string[]> {
  const candidates = await listIntroducingNames(db, scope, { limit: introducingMax, filter });
  return candidates
    .filter(({ title, fileName }) => introduces(title, name) || introduces(fileName, name))
    .map(({ id }) => id);
}

/** A search for what a document is about finds whatever says its name; its own beginning tells. */
async function* answerNamed(deps: Deps, scope: TwinScope, asked: Asked, documentIds: readonly string[]): Answer {
  const { question, reader } = asked;
  const passages = await listOpenings(deps, scope, { documentIds });
  yield { type: 'search-end', sources: passages.map(toSource) };
  yield { type: 'text-delta', text: `${fixedSentences(question, reader).fromDocuments}\n` };
  return yield* quoteBeginnings(passages);
}
