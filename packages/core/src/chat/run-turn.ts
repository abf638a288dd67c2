import type { DocumentFilter } from '@twin/db/queries/document-filter';
import { updateHeartbeat } from '@twin/db/queries/messages';
import type { TwinScope } from '@twin/db/scope';
import { asAppError } from '../as-app-error.ts';
import type { Deps } from '../deps.ts';
import { persist } from '../persist.ts';
import { type Answer, type AnswerResult } from './answer-event.ts';
import { answerQuestion } from './answer-question.ts';
import type { AnswerReader } from './answer-reader.ts';
import type { ChatTurn } from './chat-turn.ts';
import { type AnswerEnd, endAnswer, serverStoppedError } from './end-answer.ts';
import type { MessageError } from './message-view.ts';
import { createTurnLog, type TurnLog } from './turn-log.ts';

export interface Turn {
  /** Of the assistant message, stored as running. */
  messageId: string;
  question: string;
  history: readonly ChatTurn[];
  /** The part of the library that is asked; all of it when left out. */
  filter?: DocumentFilter | undefined;
  /** The owner's side when left out. */
  reader?: AnswerReader;
}

/** Why an answer is aborted: asked to, the process ends, or it is no longer ours to write. */
export type TurnAbort = 'stop' | 'shutdown' | 'lost';

/** Also how long a stop or a deletion by another process takes to be noticed while the model is silent. */
const heartbeatMs = 1_000;

/** Writes one answer from start to end into its log. Never rejects: what goes wrong is the answer's end. */
export async function runTurn(deps: Deps, scope: TwinScope, turn: Turn, control: AbortController): Promise<void> {
  const { messageId, ...asked } = turn;
  const log = createTurnLog(deps, scope, messageId, () => control.abort('lost' satisfies TurnAbort));
  const stopHeart = startHeart(deps, scope, messageId, control);
  let end: AnswerEnd;
  try {
    const answer = answerQuestion(deps, scope, { ...asked, messageId, signal: control.signal });
    const { outcome, model } = await writeDown(answer, log);
    end = { state: 'done', outcome, model };
  } catch (error) {
    end = endOf(error, deps, messageId, control.signal);
  }
  await log.flush();
  stopHeart();
  if (control.signal.reason === 'lost') return;
  await persist(deps, { messageId }, () => endAnswer(deps, scope, messageId, end)).catch((error: unknown) => {
    // Its heartbeat goes stale, and whoever looks at it next ends it.
    deps.logger.error({ err: error, messageId }, 'The end of an answer could not be stored');
  });
}

async function writeDown(answer: Answer, log: TurnLog): Promise<AnswerResult> {
  for (;;) {
    const step = await answer.next();
    if (step.done) return step.value;
    log.add(step.value);
  }
}

function endOf(error: unknown, deps: Deps, messageId: string, signal: AbortSignal): AnswerEnd {
  const model = deps.chatModel?.modelName ?? null;
  if (signal.reason === 'stop') return { state: 'stopped', model };
  if (signal.reason === 'shutdown') return { state: 'failed', model, error: serverStoppedError };
  if (signal.reason !== 'lost') deps.logger.error({ err: error, messageId }, 'An answer failed');
  return { state: 'failed', model, error: toMessageError(error) };
}

function toMessageError(error: unknown): MessageError {
  const known = asAppError(error);
  if (known !== undefined) {
    return { code: known.code, message: known.message, retryAfterMs: known.retryAfterMs ?? null };
  }
  const message = 'Something went wrong while answering. Try again; the log says what it was.';
  return { code: 'internal', message, retryAfterMs: null };
}

/** Keeps showing that this process is at work, and learns from the database when the answer was ended elsewhere. */
function startHeart(deps: Deps, scope: TwinScope, messageId: string, control: AbortController): () => void {
  let beating = false;
  const timer = setInterval(() => {
    if (beating) return;
    beating = true;
    updateHeartbeat(deps.db, scope, messageId)
      .then((running) => {
        if (!running && !control.signal.aborted) control.abort('lost' satisfies TurnAbort);
      })
      .catch((error: unknown) => deps.logger.warn({ err: error, messageId }, 'A heartbeat could not be stored'))
      .finally(() => {
        beating = false;
      });
  }, heartbeatMs);
  return () => clearInterval(timer);
}
