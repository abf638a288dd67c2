import type { Deps } from '../deps.ts';
import { estimateModelTokens } from '../estimate-model-tokens.ts';
import type { ChatModel } from '../ports.ts';
import { rerankedTokensMax } from '../retrieval/rerank.ts';
import type { Persona } from '../twin/persona.ts';
import { promptTokensAtMost } from './build-prompt.ts';
import type { ChatTurn } from './chat-turn.ts';
import { surely } from './prompt-budget.ts';
import { rewritingTokensAtMost } from './rewrite-question.ts';

/** What the model uses at most for an answer: to rewrite the question, to rerank what is found, and to read it and reply. */
export function answerTokensAtMost(
  { reranker }: Pick<Deps, 'reranker'>,
  model: ChatModel,
  asked: { question: string; history: readonly ChatTurn[]; persona: Persona },
): number {
  const rewriting = asked.history.length === 0 ? 0 : rewritingTokensAtMost(asked.question, asked.history, model);
  const reranking = reranker?.spendsTokens ? surely(rerankedTokensMax + estimateModelTokens(asked.question)) : 0;
  return rewriting + reranking + promptTokensAtMost(asked, model);
}
