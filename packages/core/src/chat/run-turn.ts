import type { DocumentFilter } from '@twin/db/queries/document-filter';
import { updateHeartbeat } from '@twin/db/queries/messages';
import { findOpenShareLink } from '@twin/db/queries/share-links';
import type { TwinScope } from '@twin/db/scope';
import { asAppError } from '../as-app-error.ts';
import type { Deps } from '../deps.ts';
import { limits } from '../limits.ts';
import { persist } from '../persist.ts';
import { type Answer, type AnswerResult } from './answer-event.ts';
import { answerQuestion } from './answer-question.ts';
import type { AnswerReader } from './answer-reader.ts';
import type { ChatTurn } from './chat-turn.ts';
import { type AnswerEnd, endAnswer, overtimeError, serverStoppedError } from './end-answer.ts';
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
  /** Of a visitor's: the answer ends with the link, and after `visitorAnswerMsMax`. */
  shareLinkId?: string;
}

/** Why an answer is aborted: asked to, the process ends, it is no longer ours to write, or no longer a visitor's to have. */
export type TurnAbort = 'stop' | 'shutdown' | 'lost' | 'link-ended' | 'overtime';

/** Also how long a stop or a deletion by another process takes to be noticed while the model is silent. */
const heartbeatMs = 1_000;

/** Writes one answer from start to end into its log. Never rejects: what goes wrong is the answer's end. */
export async function runTurn(deps: Deps, scope: TwinScope, turn: Turn, control: AbortController): Promise<void> {
  const { messageId, shareLinkId, ...asked } = turn;
  const log = createTurnLog(deps, scope, messageId, () => control.abort('lost' satisfies TurnAbort));
  const stopHeart = startHeart(deps, scope, { messageId, shareLinkId }, control);
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
  if (signal.reason === 'stop' || signal.reason === 'link-ended') return { state: 'stopped', model };
  if (signal.reason === 'shutdown') return { state: 'failed', model, error: serverStoppedError };
  if (signal.reason === 'overtime') return { state: 'failed', model, error: overtimeError };
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

interface BeatingTurn {
  messageId: string;
  shareLinkId: string | undefined;
}

/** @returns why the answer must end, if it must. */
async function beat(
  { db }: Deps,
  scope: TwinScope,
  { messageId, shareLinkId }: BeatingTurn,
): Promise<TurnAbort | undefined> {
  if (!(await updateHeartbeat(db, scope, messageId))) return 'lost';
  // Revoking ends its answers itself; that a link's time is over nobody else would notice.
  if (shareLinkId !== undefined && !(await findOpenShareLink(db, scope, shareLinkId))) return 'link-ended';
  return undefined;
}

/** Keeps showing that this process is at work, and learns from the database when the answer was ended elsewhere. */
function startHeart(
  deps: Deps,
  scope: TwinScope,
  { messageId, shareLinkId }: BeatingTurn,
  control: AbortController,
): () => void {
  let beating = false;
  const lastMs = deps.clock.now() + (shareLinkId === undefined ? Number.POSITIVE_INFINITY : limits.visitorAnswerMsMax);
  const timer = setInterval(() => {
    if (beating) return;
    beating = true;
    if (deps.clock.now() > lastMs && !control.signal.aborted) control.abort('overtime' satisfies TurnAbort);
    beat(deps, scope, { messageId, shareLinkId })
      .then((why) => {
        if (why !== undefined && !control.signal.aborted) control.abort(why);
      })
      .catch((error: unknown) => deps.logger.warn({ err: error, messageId }, 'A heartbeat could not be stored'))
      .finally(() => {
        beating = false;
      });
  }, heartbeatMs);
  return () => clearInterval(timer);
}
