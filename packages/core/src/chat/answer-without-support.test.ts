import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertBeeLibrary } from '../testing/bee-library.ts';
import { createTestDeps, testEmbedder } from '../testing/create-test-deps.ts';
import { createScriptedModel, type ScriptedModel } from '../testing/scripted-model.ts';
import { answerQuestion } from './answer-question.ts';
import type { ChatTurn } from './chat-turn.ts';
import { fixedSentences } from './fixed-sentences.ts';
import { foldChatEvent } from './fold-chat-event.ts';
import type { MessageView } from './message-view.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await insertBeeLibrary(database);
});
afterAll(() => database.close());

async function ask(
  question: string,
  chatModel: ScriptedModel | undefined,
  history: readonly ChatTurn[] = [],
  embedder = testEmbedder,
) {
  const deps = createTestDeps(database, { chatModel, embedder });
  const signal = new AbortController().signal;
  const answer = answerQuestion(deps, database.scope, { question, history, isFresh: true, signal });
  let message = { text: '', citations: [], unsupported: [], sources: [] } as unknown as MessageView;
  for (;;) {
    const step = await answer.next();
    if (step.done) return { ...step.value, message };
    message = foldChatEvent(message, step.value);
  }
}

test('each sentence that claims something without a citation is marked', async () => {
  const { outcome, message } = await ask(
    'How many bees does a strong hive hold in summer?',
    createScriptedModel([
      'Here is what I found: a hive holds 40,000 bees [1 "holds about 40,000 bees"]. Drones vote. Bees speak Latin. ',
      'Queens read. Wax is made of gold. Honey is blue. I hope this helps!',
    ]),
  );
  expect(outcome).toBe('answered');
  expect(message.citations).toHaveLength(1);
  expect(message.unsupported.map(({ claim, reason }) => `${claim} ${reason}`)).toEqual(
    ['Drones vote.', 'Bees speak Latin.', 'Queens read.', 'Wax is made of gold.', 'Honey is blue.'].map(
      (claim) => `${claim} uncited`,
    ),
  );
  expect(message.text).toContain('Honey is blue. [?5] I hope this helps!');
});

test('a model that cites nothing and says a sentence of a passage word for word is cited there, and marked for anything else', async () => {
  const { outcome, message } = await ask(
    'How many bees does a strong hive hold in summer?',
    createScriptedModel([
      '- **A strong hive holds about 40,000 bees in summer.**\n- A strong hive holds 50,000 bees in the summer.\n- Drones vote.',
    ]),
  );
  expect(outcome).toBe('answered');
  expect(message.citations.map(({ quote }) => quote)).toEqual([expect.stringContaining('about 40,000 bees')]);
  expect(message.unsupported.map(({ claim }) => claim)).toEqual([
    expect.stringContaining('50,000'),
    expect.stringContaining('vote'),
  ]);
  expect(message.text).toContain('40,000 bees in summer.** [1]');
});

test('that the passages do not say it is an honest answer, and the nearest are its sources', async () => {
  const said = 'The passages do not say how many bees there are in Texas.';
  const { outcome, message } = await ask('How many bees live in Texas?', createScriptedModel([said]));
  expect(outcome).toBe('unsupported');
  expect(message).toMatchObject({ unsupported: [], citations: [] });
  expect(message.text).toBe(`${said}\n\n*${fixedSentences('').nearestDoNotSay}*`);
  expect(message.sources.length).toBeGreaterThan(0);
});

test('a question about something else costs no call of the model, unless the conversation may answer it', async () => {
  const history: ChatTurn[] = [
    { role: 'user', text: 'Do drones have a sting?' },
    { role: 'assistant', text: 'Drones have no sting [1].' },
  ];
  const model = createScriptedModel(['You asked about drones.']);
  const outcomeOf = async (question: string, said: readonly ChatTurn[]) => (await ask(question, model, said)).outcome;
  const mongolia = 'Which mountain range separates Mongolia from Kazakhstan?';
  expect(await outcomeOf(mongolia, [])).toBe('nothing-relevant');
  expect(await outcomeOf(mongolia, history)).toBe('nothing-relevant');
  expect(await outcomeOf('Thanks!', history)).toBe('answered');
  expect(model.prompts).toHaveLength(0);
  expect(await outcomeOf('Say that again in Latin?', history)).toBe('unsupported');
  expect(model.prompts.at(-1)?.turns.map(({ text }) => text)).toContain('Drones have no sting.');
});

test('without a model, a question that the documents are near is quoted in doubt, and one about something else is not', async () => {
  const near = await ask('Who painted the honey museum?', undefined);
  expect(near).toMatchObject({ outcome: 'unsupported', model: null });
  expect(near.message.text.startsWith(`${fixedSentences('').nearestQuoted}\n\n> `)).toBe(true);
  expect(near.message.citations.length).toBeGreaterThan(0);
  const sure = await ask('Do drones have a sting?', undefined);
  expect(sure).toMatchObject({ outcome: 'quoted' });
  expect(sure.message.text.startsWith(fixedSentences('').fromDocuments)).toBe(true);
  const other = await ask('Which mountain range separates Mongolia from Kazakhstan?', undefined);
  expect(other).toMatchObject({ outcome: 'nothing-relevant', message: { citations: [] } });
});

test('with another embedding model as with the built-in one', async () => {
  const asked = (question: string) => ask(question, undefined, [], { ...testEmbedder, provider: 'openai' });
  const near = await asked('Why do many emperors sting?');
  expect(near).toMatchObject({ outcome: 'unsupported', model: null });
  expect(near.message.text.startsWith(`${fixedSentences('').nearestQuoted}\n\n> `)).toBe(true);
  const other = await asked('Which mountain range separates Mongolia from Kazakhstan?');
  expect(other).toMatchObject({ outcome: 'nothing-relevant', message: { citations: [] } });
});

test.each(['How far is it from Paris to Lyon?', 'And do they play the violin?', 'What about penguins?'])(
  'without a model, what was asked before does not make sure what a question names and no document does: %s',
  async (question) => {
    const history: ChatTurn[] = [{ role: 'user', text: 'How many bees does a strong hive hold in summer?' }];
    expect((await ask(question, undefined, history)).outcome).not.toBe('quoted');
    expect((await ask('What about winter?', undefined, history)).outcome).toBe('quoted');
    expect((await ask('And why?', undefined, history)).outcome).toBe('quoted');
  },
);
