import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppError } from '../app-error.ts';
import { type Cache, createCache } from '../cache/create-cache.ts';
import type { ChatModel, ChatPrompt, Embedder } from '../ports.ts';
import { type BeeLibrary, insertBeeLibrary } from '../testing/bee-library.ts';
import { createTestDeps, silentLogger, testEmbedder } from '../testing/create-test-deps.ts';
import { createScriptedModel, type ModelStep } from '../testing/scripted-model.ts';
import type { AnswerEvent, AnswerResult } from './answer-event.ts';
import { answerQuestion } from './answer-question.ts';
import type { ChatTurn } from './chat-turn.ts';
import { fixedSentences } from './fixed-sentences.ts';
import { foldChatEvent } from './fold-chat-event.ts';
import type { MessageView } from './message-view.ts';

let database: TestDatabase;
let library: BeeLibrary;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

interface Answered extends AnswerResult {
  events: AnswerEvent[];
  message: MessageView;
}

async function ask(
  question: string,
  steps?: readonly ModelStep[],
  history: readonly ChatTurn[] = [],
  embedder: Embedder = testEmbedder,
): Promise<Answered> {
  // What is asked again here is asked of another model under the same name.
  const cache: Cache = { ...createCache(database.db, silentLogger), find: () => Promise.resolve(undefined) };
  const deps = createTestDeps(database, { chatModel: steps && createScriptedModel(steps), cache, embedder });
  const answer = answerQuestion(deps, database.scope, { question, history, signal: new AbortController().signal });
  const events: AnswerEvent[] = [];
  for (;;) {
    const step = await answer.next();
    if (step.done) return { ...step.value, events, message: events.reduce(foldChatEvent, emptyMessage) };
    events.push(step.value);
  }
}

const emptyMessage: MessageView = {
  id: '',
  conversationId: '',
  role: 'assistant',
  state: 'running',
  text: '',
  outcome: null,
  citations: [],
  unsupported: [],
  sources: [],
  error: null,
  model: null,
  scope: null,
  usage: null,
  fromCache: false,
  modelSkipped: null,
  endedAt: null,
  createdAt: '',
};

function expectVerifiableCitations({ message }: Answered): void {
  const texts = new Map(
    [library.bees, library.refunds].map((document) => [document.versionId, document.canonicalText]),
  );
  expect(message.citations.length).toBeGreaterThan(0);
  for (const [index, { number, versionId, startOffset, endOffset, quote }] of message.citations.entries()) {
    expect(number).toBe(index + 1);
    expect(message.text).toContain(`[${number}]`);
    expect(texts.get(versionId)?.slice(startOffset, endOffset)).toBe(quote);
  }
}

test('an empty library says so, with or without a model', async () => {
  for (const steps of [undefined, ['An invention.']]) {
    const answered = await ask('How many bees live in a hive?', steps);
    expect(answered).toMatchObject({ outcome: 'empty-library', model: null });
    expect(answered.message.text).toContain('no documents');
    expect(answered.events.map(({ type }) => type)).toEqual(['search-start', 'search-end', 'text-delta']);
  }
});

describe('without a model', () => {
  beforeAll(async () => {
    library = await insertBeeLibrary(database);
  });

  test.each([
    ['How many bees does a strong hive hold in summer?', 'A strong hive holds about 40,000 bees in summer.'],
    ['When are refunds paid?', 'Refunds are paid within 14 days after we receive the returned goods.'],
    ['Do drones have a sting?', 'Drones have no sting.'],
  ])('%s', async (question, sentence) => {
    const answered = await ask(question);
    expect(answered).toMatchObject({ outcome: 'quoted', model: null });
    expect(answered.message.text.startsWith('From your documents:\n\n> ')).toBe(true);
    expect(answered.message.citations[0]?.quote).toContain(sentence);
    expectVerifiableCitations(answered);
  });

  test("a quote's own bracketed numbers and markup stay text", async () => {
    const { message } = await ask('Are gift cards refunded?');
    expect(message.text).toContain(String.raw`**As noted in \[2\], gift cards are not refunded either.** [1]`);
  });

  test('a question about something else says so and shows the nearest passages', async () => {
    const answered = await ask('What is the capital of Mongolia?');
    expect(answered).toMatchObject({ outcome: 'nothing-relevant', model: null });
    expect(answered.message.sources.length).toBeGreaterThan(0);
    expect(answered.message.citations).toEqual([]);
  });

  test.each(['qzxvkj', 'x'])(
    '%s, of which nothing is known, is told so plainly, within a conversation too',
    async (question) => {
      const builtin: Embedder = { ...testEmbedder, familiarity: (text) => Promise.resolve(text === 'qzxvkj' ? 0 : 1) };
      const said: ChatTurn[] = [{ role: 'user', text: 'How many bees does a strong hive hold in summer?' }];
      for (const history of [[], said]) {
        const { outcome, message } = await ask(question, undefined, history, builtin);
        expect(outcome).toBe('nothing-relevant');
        expect(message).toMatchObject({ text: fixedSentences('').nothingFound, sources: [] });
      }
    },
  );

  test('greetings and thanks within a conversation are answered as such', async () => {
    const history: ChatTurn[] = [{ role: 'user', text: 'How many bees does a strong hive hold in summer?' }];
    expect((await ask('hello', undefined, history)).message.text).toContain('2 documents');
    const thanked = await ask('Thanks!', undefined, history);
    expect(thanked).toMatchObject({ outcome: 'answered', model: null, message: { sources: [] } });
    expect(thanked.message.text).toMatch(/^You are welcome/);
  });

  test('a question about the library lists its documents with how they open', async () => {
    const answered = await ask('What is in my documents?');
    expect(answered.outcome).toBe('quoted');
    expect(answered.message.text).toContain('2 documents');
    expect(answered.message.text).toContain(
      '**The honey bee**: “Honey bees dance to tell their hive where flowers are.”',
    );
    expectVerifiableCitations(answered);
  });

  test('what a document covers is searched for, whatever it is called', async () => {
    const { message } = await ask('What does the refund policy say about gift cards?');
    expect(message.citations[0]?.quote).toContain('gift cards');
    const covered = await ask('What does the refund policy cover?');
    expect(covered.message.text).not.toContain('**Refund policy**: “');
  });

  test('what a document is about is told by its own beginning, whatever else says its name', async () => {
    const answered = await ask('What is the refund policy about?');
    expect(answered.outcome).toBe('quoted');
    expect(answered.message.text).toContain('**Refund policy**: “Refunds are paid within 14 days');
    expect(answered.message.sources.map(({ documentId }) => documentId)).toEqual(['refunds']);
    expectVerifiableCitations(answered);
    const unnamed = await ask('What is the waggle dance about?');
    expect(unnamed.message.citations[0]?.quote).toContain('waggle dance');
  });

  test('fixed sentences are in the language of the question', async () => {
    expect((await ask('Wer hat die Sixtinische Kapelle ausgemalt?')).message.text).toMatch(/^In Ihren Dokumenten habe/);
    expect(fixedSentences('¿Cuántas abejas hay en la colmena?').fromDocuments).toBe('De sus documentos:');
    expect(fixedSentences('Ada Quill 1987')).toBe(fixedSentences('What is the name of the clock?'));
  });

  test('what is quoted for a follow-up is about what was asked before', async () => {
    const history: ChatTurn[] = [{ role: 'user', text: 'How many bees does a hive hold in summer?' }];
    const { message } = await ask('What about winter, how many then?', undefined, history);
    expect(message.citations[0]?.quote).toContain('In winter the colony shrinks to 10,000 bees');
  });

  test('a follow-up finds what the question before was about', async () => {
    const history: ChatTurn[] = [
      { role: 'user', text: 'Tell me about drones' },
      { role: 'assistant', text: 'Drones have no sting [1].' },
    ];
    const { message } = await ask('How long do they live?', undefined, history);
    expect(message.citations[0]?.quote).toContain('They live for about eight weeks');
  });
});

describe('with a model', () => {
  test('each citation is announced before its number and quotes the sentence that supports the claim', async () => {
    const answered = await ask('How many bees does a strong hive hold in summer?', [
      'A hive holds 40,000 bees ',
      '[',
      '1',
      '] in summer.',
    ]);
    expect(answered).toMatchObject({ outcome: 'answered', model: 'scripted' });
    expect(answered.message.text).toBe('A hive holds 40,000 bees [1] in summer.');
    expect(answered.message.citations[0]?.quote).toBe('A strong hive holds about 40,000 bees in summer.');
    expectVerifiableCitations(answered);
    const types = answered.events.map(({ type }) => type);
    expect(types.slice(0, 2)).toEqual(['search-start', 'search-end']);
    expect(types.indexOf('citation-add')).toBeLessThan(types.lastIndexOf('text-delta'));
  });

  test('a claim with an invented number keeps no citation, and an answer without any is not one', async () => {
    const forged = await ask('How many bees live in a hive?', ['The passages do not say [77].']);
    expect(forged).toMatchObject({ outcome: 'unsupported', message: { citations: [] } });
    expect(forged.message.text).toMatch(/^The passages do not say \[\?1\]\.\n\n.*nothing backs it/);
    const invented = await ask('How many bees live in a hive?', ['Bees vote on Sundays.']);
    expect(invented).toMatchObject({ outcome: 'unsupported', message: { citations: [] } });
    expect(invented.message.text).toMatch(/^Bees vote on Sundays\. \[\?1\]\n\n.*nothing backs it/);
  });

  test('a quote that the passage says is cited by its sentence; one that it does not say marks the claim', async () => {
    const answered = await ask('How many bees does a strong hive hold in summer?', [
      'A hive holds 40,000 bees [1 "holds about 40,000 bees"]. ',
      'It holds 50,000 [1 "holds about 50,000 bees"]. Bees form a cluster [2.9 "which FORM a cluster and"].',
    ]);
    expect(answered.outcome).toBe('answered');
    expect(answered.message.text).toBe('A hive holds 40,000 bees [1]. It holds 50,000 [?1]. Bees form a cluster [2].');
    expect(answered.message.citations[0]?.quote).toBe('A strong hive holds about 40,000 bees in summer.');
    expect(answered.message.unsupported).toEqual([
      { number: 1, claim: 'It holds 50,000', quote: 'holds about 50,000 bees', reason: 'quote-not-found' },
    ]);
    expectVerifiableCitations(answered);
  });

  test('a follow-up is searched for by its rewriting, asked as it stands, and costs both calls', async () => {
    const history: ChatTurn[] = [
      { role: 'user', text: 'What do drones do?' },
      { role: 'assistant', text: 'Drones have no sting. As for refunds, they are paid within 14 days.' },
    ];
    const asked: ChatPrompt[] = [];
    const model: ChatModel = {
      modelName: 'rewriting',
      async *stream(prompt, { onUsage }) {
        await Promise.resolve();
        asked.push(prompt);
        yield asked.length === 1 ? 'Within how many days are refunds paid?' : 'Refunds are paid within 14 days [1].';
        onUsage?.({ promptTokens: 100 * asked.length, completionTokens: 10 });
      },
    };
    const deps = createTestDeps(database, { chatModel: model });
    const { signal } = new AbortController();
    const question = 'And how long does that take again?';
    let message = emptyMessage;
    for await (const event of answerQuestion(deps, database.scope, { question, history, signal })) {
      message = foldChatEvent(message, event);
    }
    expect(asked).toHaveLength(2);
    expect(asked[1]?.turns.at(-1)?.text.endsWith(question)).toBe(true);
    expect(message.sources[0]?.documentId).toBe('refunds');
    expect(message.usage).toMatchObject({ promptTokens: 300, completionTokens: 20, isEstimated: false });
  });

  test('a retry is told when it begins', async () => {
    const { events } = await ask('Drones?', [{ retry: { waitMs: 20, reason: 'busy' } }, 'They have no sting [1].']);
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['search-end', 'model-retry', 'citation-add', 'text-delta']),
    );
    expect(events.find(({ type }) => type === 'model-retry')).toEqual({
      type: 'model-retry',
      waitMs: 20,
      reason: 'busy',
    });
  });

  test('text that Postgres cannot store is made storable, also across deltas', async () => {
    const { message } = await ask('Drones?', ['A\0B \uD83D', '\uDC1D and \uD83D drones [1].']);
    expect(message.text).toBe('AB 🐝 and � drones [1].');
  });

  test('a failing model fails the answer with its own error', async () => {
    const failure = new AppError('model-unavailable', 'It is down.');
    await expect(ask('Drones?', [{ fail: failure }])).rejects.toBe(failure);
  });
});
