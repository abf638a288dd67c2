import { expect, test } from 'vitest';
import { silentLogger } from '../testing/create-test-deps.ts';
import { createScriptedModel } from '../testing/scripted-model.ts';
import { estimatePromptTokens } from './answer-usage.ts';
import type { ChatTurn } from './chat-turn.ts';
import { rewriteQuestion } from './rewrite-question.ts';

const history = Array.from({ length: 6 }, (_, n): ChatTurn => {
  return { role: n % 2 === 0 ? 'user' : 'assistant', text: `第${n}：${'蜂群在夏天大约有四万只蜜蜂。'.repeat(60)}` };
});

async function rewriteWith(contextTokens: number | undefined, question: string) {
  const model = { ...createScriptedModel(['蜂群在冬天有多少只蜜蜂？']), contextTokens };
  const { signal } = new AbortController();
  return { ...(await rewriteQuestion({ logger: silentLogger }, model, { question, history, signal })), model };
}

test.each([
  [2_048, 1],
  [4_096, 3],
  [undefined, 6],
])('in a window of %s tokens the latest turns that fit are read', async (contextTokens, turns) => {
  const { question, model } = await rewriteWith(contextTokens, '那么冬天呢？');
  expect(question).toBe('蜂群在冬天有多少只蜜蜂？');
  const [prompt] = model.prompts;
  expect(estimatePromptTokens(prompt!) + 200).toBeLessThan(0.87 * (contextTokens ?? 8_192));
  const read = prompt?.turns[0]?.text.match(/第\d/g);
  expect(read).toEqual(['第0', '第1', '第2', '第3', '第4', '第5'].slice(-turns));
});

test('a question that leaves no room for the conversation is not rewritten, and costs nothing', async () => {
  const { question, spent, model } = await rewriteWith(2_048, 'and why is that so? '.repeat(300));
  expect(question).toBeUndefined();
  expect(spent).toEqual({ promptTokens: 0, completionTokens: 0, isEstimated: false });
  expect(model.prompts).toEqual([]);
});

test('a rewriting that still names nothing is none', async () => {
  const model = createScriptedModel(['Could you summarize it?']);
  const { signal } = new AbortController();
  const asked = { question: 'Could you summarize it?', history, signal };
  expect((await rewriteQuestion({ logger: silentLogger }, model, asked)).question).toBeUndefined();
});

test('signs that no database takes are left out of a rewriting', async () => {
  const model = createScriptedModel(['How many bees live \0in winter? \ud83c']);
  const { signal } = new AbortController();
  const asked = {
    question: 'And in winter?',
    history: [{ role: 'user', text: 'How many bees live in a hive?' }],
    signal,
  } as const;
  const { question } = await rewriteQuestion({ logger: silentLogger }, model, asked);
  expect(question).toBe('How many bees live in winter? \ufffd');
});
