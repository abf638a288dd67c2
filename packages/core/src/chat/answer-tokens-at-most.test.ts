import { expect, test } from 'vitest';
import { createListwiseReranker } from '../retrieval/listwise-reranker.ts';
import { silentLogger } from '../testing/create-test-deps.ts';
import { createScriptedModel } from '../testing/scripted-model.ts';
import { testPassage } from '../testing/test-passage.ts';
import type { Persona } from '../twin/persona.ts';
import { answerTokensAtMost } from './answer-tokens-at-most.ts';
import { estimatePromptTokens } from './answer-usage.ts';
import { buildPrompt } from './build-prompt.ts';
import type { ChatTurn } from './chat-turn.ts';
import { rewriteQuestion } from './rewrite-question.ts';

const persona: Persona = {
  name: 'Ada',
  bio: 'Clockmaker. '.repeat(80),
  tone: 'dry',
  person: 'first',
  strictness: 'strict',
};
const question = 'And how many of them does it hold then? '.repeat(30);
const history = Array.from({ length: 60 }, (_none, n): ChatTurn => {
  return { role: n % 2 === 0 ? 'user' : 'assistant', text: 'A strong hive holds many bees. '.repeat(n % 3) || 'Why?' };
});
const content = 'A strong hive holds about 40,000 bees in summer. '.repeat(30);
const passages = Array.from({ length: 40 }, (_none, n) => testPassage(content, { chunkId: n, ordinal: n }));

test.each([undefined, 4_096, 8_192, 32_000, 128_000])(
  'no answer uses more than what is noted for it, with its rewriting: a window of %s tokens',
  async (contextTokens) => {
    const model = { ...createScriptedModel(['Rewritten?']), contextTokens };
    await rewriteQuestion({ logger: silentLogger }, model, { question, history, signal: new AbortController().signal });
    const { prompt, answerTokensMax } = buildPrompt({ question, history, passages, persona, contextTokens });
    const [rewriting] = model.prompts;
    // A tokenizer may count 15 % more than the estimate.
    const used = 1.15 * (estimatePromptTokens(prompt) + estimatePromptTokens(rewriting!)) + answerTokensMax + 200;
    expect(answerTokensAtMost({ reranker: undefined }, model, { question, history, persona })).toBeGreaterThan(used);
  },
);

test('a question without a conversation is not rewritten; reranking reads twenty passages more', () => {
  const model = createScriptedModel([]);
  const alone = answerTokensAtMost({ reranker: undefined }, model, { question, history: [], persona });
  expect(answerTokensAtMost({ reranker: undefined }, model, { question, history, persona })).toBeGreaterThan(alone);
  const reranker = createListwiseReranker(model);
  expect(answerTokensAtMost({ reranker }, model, { question, history: [], persona })).toBeGreaterThan(alone + 20 * 420);
});
