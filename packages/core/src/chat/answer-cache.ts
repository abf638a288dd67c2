import { deleteDatabaseValue } from '@twin/db/queries/cache';
import type { DocumentFilter } from '@twin/db/queries/document-filter';
import type { EmbeddingModel } from '@twin/db/queries/embedding-models';
import { findSettledCorpusVersion } from '@twin/db/queries/twins';
import type { TwinScope } from '@twin/db/scope';
import { cacheKeys } from '../cache/cache-keys.ts';
import type { Deps } from '../deps.ts';
import type { ChatModel } from '../ports.ts';
import type { Persona } from '../twin/persona.ts';
import type { Answer, AnswerEvent, AnswerResult } from './answer-event.ts';
import type { ChatTurn } from './chat-turn.ts';

/** Documents that change take their answers along; this only bounds how long the unused ones stay. */
const keptSeconds = 7 * 24 * 3600;

interface KeptAnswer {
  events: AnswerEvent[];
  result: AnswerResult;
}

/** Everything an answer depends on, beside the twin, whose rows are its own. */
export interface AnswerIdentity {
  question: string;
  history: readonly ChatTurn[];
  persona: Persona;
  corpusVersion: number;
  filter?: DocumentFilter | undefined;
  /** The configured one, whether or not it may be asked at the moment. */
  model: ChatModel;
  /** The one that answers searches; undefined when words alone do. */
  embeddingModel: EmbeddingModel | undefined;
}

/**
 * The answer that was given before to the same question in the same circumstances, told by the event `answer-cached`; else
 * a new one, kept when it was answered with verified citations and nothing was missing. Refusals and failures are made anew
 * each time.
 */
export async function* answerOnce(
  deps: Pick<Deps, 'db' | 'cache' | 'reranker' | 'logger'>,
  scope: TwinScope,
  identity: AnswerIdentity,
  answer: () => Answer,
): Answer {
  const key = cacheKeys.answer({ ...identity, reranker: deps.reranker?.name });
  const kept = await deps.cache.find(scope, key);
  if (kept !== undefined) {
    const { events, result } = JSON.parse(kept) as KeptAnswer;
    yield { type: 'answer-cached' };
    yield* events;
    return result;
  }
  const events: AnswerEvent[] = [];
  const made = answer();
  for (;;) {
    const step = await made.next();
    if (step.done) {
      const { outcome, degraded = false } = step.value;
      if (outcome === 'answered' && !degraded) {
        await keep(deps, scope, key, { events, result: step.value }, identity.corpusVersion);
      }
      return step.value;
    }
    add(events, step.value);
    yield step.value;
  }
}

/**
 * Not kept when the documents have changed meanwhile: nobody would find it, and it may quote what was deleted. A change that
 * is being made is waited for, and one that begins later takes the answer along. A cache that is away must not fail an answer
 * that is there.
 */
async function keep(
  { db, cache, logger }: Pick<Deps, 'db' | 'cache' | 'logger'>,
  scope: TwinScope,
  key: string,
  answer: KeptAnswer,
  corpusVersion: number,
): Promise<void> {
  try {
    await cache.keep(scope, key, { value: JSON.stringify(answer), ttlSeconds: keptSeconds });
    if ((await findSettledCorpusVersion(db, scope)) !== corpusVersion) await deleteDatabaseValue(db, scope, key);
  } catch (error) {
    logger.warn({ err: error }, 'An answer could not be kept for the next who asks');
  }
}

/** What it cost and how it came about is not what it says. */
function add(events: AnswerEvent[], event: AnswerEvent): void {
  const last = events.at(-1);
  if (event.type === 'text-delta' && last?.type === 'text-delta') {
    events[events.length - 1] = { type: 'text-delta', text: last.text + event.text };
  } else if (event.type === 'search-end') {
    events.push({ type: 'search-end', sources: event.sources });
  } else if (event.type !== 'model-retry' && event.type !== 'model-start' && event.type !== 'model-end') {
    events.push(event);
  }
}
