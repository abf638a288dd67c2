import { findTextBetween } from '@twin/db/queries/document-texts';
import { addTokenUsage } from '@twin/db/queries/token-usage';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import { answerQuestion } from '../chat/answer-question.ts';
import { finalUsage } from '../chat/answer-usage.ts';
import { foldChatEvent } from '../chat/fold-chat-event.ts';
import type { AnswerOutcome, Citation, MessageView } from '../chat/message-view.ts';
import type { Deps } from '../deps.ts';
import type { SpentTokens } from '../ports.ts';
import { retrieve } from '../retrieval/retrieve.ts';
import { evaluateRanking, type RankingEvaluation } from './evaluate-ranking.ts';
import type { GoldenQuestion } from './golden-question.ts';
import { holdsWords } from './holds-words.ts';

/** What one question came to. Measures are 0 to 1; null where nothing is expected that could be measured. */
export interface QuestionEvaluation extends RankingEvaluation {
  /** The answer, as it was given; null once a document that was read for it was deleted. */
  text: string | null;
  /** Documents that the answer read or cited. Runs of earlier releases do not tell. */
  documentIds?: string[];
  outcome: AnswerOutcome;
  refused: boolean;
  citationCount: number;
  /** Of quotes cited and claims marked as unsupported together, the share that are quotes which stand where they say. */
  quotesVerified: number | null;
  /** Whether the answer holds one of the texts that make it right. */
  answerContained: number | null;
  /** From the question to the end of the answer. */
  latencyMs: number;
}

/**
 * Asks the product one question, as a visitor would, and holds what comes against what is expected. The answer is made anew,
 * and its tokens count as those of any other.
 * @throws AppError of the model's endpoint, `conflict` when the budget of the day is used up, or `canceled`.
 */
export async function evaluateQuestion(
  deps: Deps,
  scope: TwinScope,
  golden: GoldenQuestion,
  signal: AbortSignal,
): Promise<QuestionEvaluation> {
  const asked: Asked = { search: undefined, message: nothingWritten, byModel: '' };
  try {
    const ranking = await evaluateRanking(golden, async (input) => {
      const { passages, spent } = await retrieve(deps, scope, { ...input, signal });
      asked.search = spent;
      return passages;
    });
    const started = performance.now();
    const outcome = await askAnew(deps, scope, golden, { signal, asked });
    const latencyMs = Math.round(performance.now() - started);
    const { text, citations, unsupported, sources } = asked.message;
    return {
      ...ranking,
      text,
      documentIds: [...new Set([...sources, ...citations].map(({ documentId }) => documentId))],
      outcome,
      refused: outcome !== 'answered' && outcome !== 'quoted',
      citationCount: citations.length,
      quotesVerified: await shareVerified(deps, scope, citations, unsupported.length),
      answerContained:
        golden.answerTexts.length === 0 ? null : Number(golden.answerTexts.some((wanted) => holdsWords(text, wanted))),
      latencyMs,
    };
  } finally {
    // What was read and written before a failure costs all the same.
    await countTokens(deps, scope, asked);
  }
}

/** What asking has come to so far. */
interface Asked {
  /** Of the search that is measured; the answer searches for itself. */
  search: SpentTokens | undefined;
  message: WrittenMessage;
  /** The text, where a model has begun to write it. */
  byModel: string;
}

const nothingWritten: WrittenMessage = { text: '', citations: [], unsupported: [], sources: [], usage: null };

async function askAnew(
  deps: Deps,
  scope: TwinScope,
  { question, history }: GoldenQuestion,
  { signal, asked }: { signal: AbortSignal; asked: Asked },
): Promise<AnswerOutcome> {
  const answer = answerQuestion(deps, scope, { question, history, isFresh: true, signal });
  let hasBegun = false;
  for (;;) {
    const step = await answer.next();
    if (step.done) return step.value.outcome;
    if (step.value.type === 'model-skip') {
      const reason = 'The tokens of the day are used up, so the rest would be measured without the model.';
      throw new AppError('conflict', `${reason} Raise the daily budget, or start the run again tomorrow.`);
    }
    hasBegun ||= step.value.type === 'model-start';
    asked.message = foldChatEvent(asked.message as MessageView, step.value);
    if (hasBegun) asked.byModel = asked.message.text;
  }
}

/** Of a message, what its events tell and a run looks at. */
type WrittenMessage = Pick<MessageView, 'text' | 'citations' | 'unsupported' | 'sources' | 'usage'>;

async function countTokens(deps: Deps, scope: TwinScope, { search, message, byModel }: Asked) {
  const model = deps.chatModel?.modelName;
  if (model === undefined) return;
  const used = [
    { usage: search ? { ...search, cost: null } : null, written: '' },
    { usage: message.usage, written: byModel },
  ];
  for (const { usage, written } of used) {
    if (usage === null) continue;
    const counted = { ...finalUsage(deps, usage, written), model };
    await deps.db.transaction().execute((tx) => addTokenUsage(tx, scope, counted));
  }
}

async function shareVerified(
  deps: Deps,
  scope: TwinScope,
  citations: readonly Citation[],
  unsupportedCount: number,
): Promise<number | null> {
  if (citations.length + unsupportedCount === 0) return null;
  let verified = 0;
  for (const { versionId, quote, ...place } of citations) {
    if ((await findTextBetween(deps.db, scope, versionId, place)) === quote) verified += 1;
  }
  return verified / (citations.length + unsupportedCount);
}
