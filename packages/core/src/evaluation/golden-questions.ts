import {
  deleteGoldenQuestion,
  type GoldenQuestionRow,
  listGoldenQuestions,
  upsertGoldenQuestion,
} from '@twin/db/queries/golden-questions';
import { findMessage, listMessages } from '@twin/db/queries/messages';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import type { ChatTurn } from '../chat/chat-turn.ts';
import { toMessageView } from '../chat/to-message-view.ts';
import type { Deps } from '../deps.ts';
import type { ExpectedSource, GoldenQuestion, GoldenQuestionView } from './golden-question.ts';

/** In the order they were added. */
export async function listGolden(deps: Deps, scope: TwinScope): Promise<GoldenQuestionView[]> {
  return (await listGoldenQuestions(deps.db, scope)).map(toGoldenQuestionView);
}

/** Keeps questions, all or none. One that is there already, after the same history, gets the new expectations. */
export async function addGoldenQuestions(
  deps: Deps,
  scope: TwinScope,
  questions: readonly GoldenQuestion[],
): Promise<{ count: number }> {
  await deps.db.transaction().execute(async (tx) => {
    for (const question of questions) await upsertGoldenQuestion(tx, scope, question);
  });
  return { count: questions.length };
}

/** @throws AppError `not-found`. */
export async function removeGoldenQuestion(deps: Deps, scope: TwinScope, id: string): Promise<void> {
  if (await deleteGoldenQuestion(deps.db, scope, id)) return;
  throw new AppError('not-found', 'This question does not exist; it may have been removed already.');
}

/**
 * Makes a golden question of an answer: the documents and quotes it cites are what is expected; an answer that refused
 * expects a refusal.
 *
 * @throws AppError `not-found` (no such answer) or `conflict` (it has not ended well).
 */
export async function addAnswerAsGolden(deps: Deps, scope: TwinScope, messageId: string): Promise<{ count: number }> {
  const answer = await findMessage(deps.db, scope, messageId);
  if (answer?.role !== 'assistant') {
    throw new AppError('not-found', 'This answer does not exist; it may have been deleted.');
  }
  if (answer.state !== 'done') {
    throw new AppError(
      'conflict',
      'Only an answer that was finished can be expected again. Ask anew, then add that one.',
    );
  }
  const before = (await listMessages(deps.db, scope, answer.conversation_id)).filter(
    ({ ordinal }) => ordinal < answer.ordinal,
  );
  const question = before.at(-1);
  if (question === undefined) throw new AppError('not-found', 'The question of this answer does not exist any more.');
  const { citations, outcome } = toMessageView(answer);
  return await addGoldenQuestions(deps, scope, [
    {
      question: question.text,
      history: before.slice(0, -1).map(({ role, text }) => ({ role, text })),
      answerable: outcome === 'answered' || outcome === 'quoted',
      expected: citations.map(({ documentId, quote }) => ({ documentId, quote })),
      answerTexts: [],
    },
  ]);
}

function toGoldenQuestionView(row: GoldenQuestionRow): GoldenQuestionView {
  return {
    id: row.id,
    question: row.question,
    history: row.history as ChatTurn[],
    answerable: row.answerable,
    expected: row.expected as ExpectedSource[],
    answerTexts: row.answer_texts as string[],
    createdAt: row.created_at.toISOString(),
  };
}
