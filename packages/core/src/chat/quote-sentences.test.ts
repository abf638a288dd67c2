import { activateEmbeddingModel, registerEmbeddingModel } from '@twin/db/queries/embedding-models';
import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { insertTestDocument } from '@twin/db/testing/insert-test-document';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Embedder } from '../ports.ts';
import { createTestDeps, testEmbedder } from '../testing/create-test-deps.ts';
import { testPassage } from '../testing/test-passage.ts';
import { answerQuestion } from './answer-question.ts';
import { quoteAnswer, quoteOpenings } from './quote-answer.ts';
import { quoteSentences } from './quote-sentences.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

test('a question is sent to a remote model once, though search and quoting both need its vector', async () => {
  const { db, home, scope } = database;
  const embed = vi.fn<Embedder['embed']>((...asked) => testEmbedder.embed(...asked));
  const embedder: Embedder = { ...testEmbedder, provider: 'openai', modelName: 'remote', embed };
  const paragraphs = ['Drones have no sting.', 'Bees dance.'];
  const modelId = await db.transaction().execute(async (tx) => {
    const model = await registerEmbeddingModel(tx, home, { provider: 'openai', name: 'remote', dimensions: 64 });
    return (await activateEmbeddingModel(tx, model.id)).id;
  });
  const vectors = await testEmbedder.embed(paragraphs, 'passage');
  await insertTestDocument(db, scope, { id: 'bees', paragraphs, embeddings: { modelId, vectors } });
  const input = { question: 'Do drones have a sting?', history: [], signal: new AbortController().signal };
  const answer = answerQuestion(createTestDeps(database, { embedder }), scope, input);
  let step = await answer.next();
  while (step.done !== true) step = await answer.next();
  expect(step.value.outcome).toBe('quoted');
  expect(embed.mock.calls.filter(([, kind]) => kind === 'question')).toHaveLength(1);
});

async function quotesOf(question: string, ...contents: string[]): Promise<string[]> {
  const passages = contents.map((content) => testPassage(content, { documentTitle: 'Microsoft', similarity: 1 }));
  const input = { question, earlierQuestions: [], active: undefined, passages, signal: new AbortController().signal };
  let text = '';
  for await (const event of quoteAnswer(createTestDeps(database), database.scope, input)) {
    if (event.type === 'text-delta') text += event.text;
  }
  return text.split('\n\n> ').slice(1);
}

test('a row of a table that says it is quoted, without its lines, before prose that only repeats the words', async () => {
  const rows = '| Industry | Software |\n| --- | --- |\n| Employees | 221,000 (2023) |\n\n';
  const prose = 'Microsoft has been accused of having its employees work long hours.';
  const [first] = await quotesOf('How many employees does Microsoft have?', rows + prose);
  expect(first).toBe('Employees: 221,000 (2023) [1]');
});

test('a sentence that says it all is not followed by weak ones', async () => {
  const answer = 'The drones were founded by Ada Quill in 1975.';
  const filler = 'Some say so. Others deny it, at length.';
  const weak = 'Later the Ministry of Ships bought drones from other firms, and so did Ada Lovelace.';
  const quotes = await quotesOf('Who founded the drones?', `${answer} ${filler}\n\n${weak}`);
  expect(quotes).toEqual([`**${answer}** ${filler} [1]`]);
});

test('what only says some of the same words over elsewhere is not quoted after what says most of them', async () => {
  const answer = 'Ada Quill had to build the tide clock because her brother ran aground.';
  const built = answer.replace('had to build', 'built');
  const weak = 'Ada Quill was a friend of Ines while she built the clock.';
  const other = 'Ada Quill repaired the tide clock in Westmark.';
  expect(await quotesOf('Why did Ada Quill build the tide clock?', built, weak)).toEqual([`${built} [1]`]);
  const both = 'Why did Ada Quill build the tide clock, and where was it repaired?';
  expect(await quotesOf(both, answer, other)).toHaveLength(2);
});

test('the name of what is asked about, alone on its line, is quoted before nothing that answers', async () => {
  const name = 'TIDE CLOCKS, INC.';
  const answer = 'The company was incorporated in the state of Nevada.';
  const [first] = await quotesOf('In which state are Tide Clocks incorporated?', name, answer);
  expect(first).toBe(`${answer} [1]`);
});

test('of several sentences that are quoted first, the one that answers stands out', async () => {
  const before = 'The tide clock of Westmark stands at the harbour.';
  const answer = 'It was built by Ada Quill in 1987, who paid for the tide clock.';
  const [first] = await quotesOf('Who built the tide clock, and when?', `${before} ${answer}\n\nGulls cry.`);
  expect(first).toBe(`${before} **${answer}** [1]`);
});

test('the mark of an item is not written as one of its words', async () => {
  const [first] = await quotesOf(
    'How many mentees do you take?',
    '- I take two mentees a year. Write to me before August.',
  );
  expect(first).toBe('\\- **I take two mentees a year.** Write to me before August. [1]');
});

test('a caption does not come before what says the same in a sentence', async () => {
  const quotes = await quotesOf('Where is the hive?', 'Picture: Where the hive is\n\nThe hive stands behind the barn.');
  expect(quotes[0]).toBe('The hive stands behind the barn. [1]');
});

const cups =
  '| Team | Location | Stanley Cups |\n| --- | --- | --- |\n| Blues | STL | 1 |\n| Flyers | PHI | 2 |\n| Canadiens | MTL | 24 |\n| Sharks | SJS | 0 |';

test('the labels of a table are no answer; the row that is asked for is, with them', async () => {
  expect(await quotesOf('Which team won the most Stanley Cups?', cups)).toEqual([
    'Team: Canadiens · Location: MTL · Stanley Cups: 24 [1]',
  ]);
  const [first] = await quotesOf('How many Stanley Cups did the Flyers win?', cups);
  expect(first).toBe('Team: Flyers · Location: PHI · Stanley Cups: 2 [1]');
});

async function quotesOfPassage(question: string, content: string, headings: readonly string[]): Promise<string[]> {
  const found = headings.map((heading) => ({
    startOffset: content.indexOf(heading),
    endOffset: content.indexOf(heading) + heading.length,
  }));
  const passages = [testPassage(content, { documentTitle: 'Aunt Nell', similarity: 1, headings: found })];
  const input = { question, earlierQuestions: [], active: undefined, passages, signal: new AbortController().signal };
  let text = '';
  for await (const event of quoteAnswer(createTestDeps(database), database.scope, input)) {
    if (event.type === 'text-delta') text += event.text;
  }
  return text.split('\n\n> ').slice(1);
}

test('another document is quoted only where it says as much of the question', async () => {
  const quotes = await quotesOf(
    'Which region sold the most tents in autumn?',
    'The North region sold 160 tents in autumn.',
  );
  expect(quotes).toHaveLength(1);
  const passages = [
    testPassage('The North region had 160 tents in autumn.', { similarity: 1 }),
    testPassage('The guild sold the old net loft.', { documentId: 'letters', chunkId: 2, similarity: 1 }),
    testPassage('In autumn the South region sold 98 tents.', { documentId: 'south', chunkId: 3, similarity: 1 }),
  ];
  const question = 'Which region sold the most tents in autumn?';
  const input = { question, earlierQuestions: [], active: undefined, passages, signal: new AbortController().signal };
  const stretches = await quoteSentences(createTestDeps(database), database.scope, input);
  expect(stretches.map(({ passage }) => passage.documentId)).not.toContain('letters');
  expect(stretches.map(({ passage }) => passage.documentId)).toContain('south');
});

test('who does something may have no name', async () => {
  const brass =
    'Ada Quill drew the brass tide clock. Later on the fishermen of the guild paid for the brass of the tide clock.';
  const [paid] = await quotesOf('Who paid for the brass of the tide clock?', brass);
  expect(paid).toContain('**Later on the fishermen of the guild paid');
});

test('an entry of a list of sources is no answer', async () => {
  const [moored] = await quotesOf(
    'Where was the Gannet moored?',
    '59. ^ Moored Gannet, where (1983).\n\nThe Gannet was moored at Esbjerg.',
  );
  expect(moored).toBe('The Gannet was moored at Esbjerg. [1]');
});

test('steps that a heading stands over come whole before a sentence that only says when', async () => {
  const manual =
    'Descale it every three months.\n\nDescaling the machine\n\nUse the liquid.\n1. Empty the tray.\n2. Pour it in.';
  const [first] = await quotesOfPassage('How do I descale the machine?', manual, ['Descaling the machine']);
  expect(first).toContain('Use the liquid. 1. Empty the tray. 2. Pour it in.');
});

test('a heading is no answer: what it stands over is, and the title of the document is left out', async () => {
  const cake =
    'Put it on the lower rack.\n\nOvernight bread\n\nMix flour and salt. Bake it in a hot pot for 30 minutes.';
  const [bread] = await quotesOfPassage('How do you bake the overnight bread?', cake, ['Overnight bread']);
  expect(bread).toBe('Mix flour and salt. Bake it in a hot pot for 30 minutes. [1]');
  const titled = 'Aunt Nell\n\nShe was born in Ludlow in 1920.';
  expect(await quotesOfPassage('When was Aunt Nell born?', titled, ['Aunt Nell'])).toEqual([
    'She was born in Ludlow in 1920. [1]',
  ]);
});

test('a heading stands for the whole of a list under it', async () => {
  const list = 'She met the chair.\n\nDecisions\n\n1. We buy a printer.\n2. Bea takes over.\n\nNext meeting\n\nIn May.';
  const [decided] = await quotesOfPassage('List the decisions', list, ['Decisions', 'Next meeting']);
  expect(decided).toBe('1\\. We buy a printer. 2. Bea takes over. [1]');
});

test('what stands behind a question is quoted for that question', async () => {
  const faq =
    'Do you ship to Switzerland?\n\nNo. Only inside the Union.\n\nIs used gear taken back?\n\nIf it is faulty.';
  const [shipped] = await quotesOf('Do you ship to Switzerland?', faq);
  expect(shipped).toBe('Do you ship to Switzerland? **No. Only inside the Union.** [1]');
});

async function openingOf(content: string): Promise<string | undefined> {
  let text = '';
  for await (const event of quoteOpenings('What is in my documents?', [testPassage(content)], { documentCount: 1 })) {
    if (event.type === 'text-delta') text += event.text;
  }
  return text.split('\n- ')[1];
}

test('an overview says what a table holds without its lines, and prefers prose to it', async () => {
  expect(await openingOf(cups)).toBe('**Bees**: “Team · Location · Stanley Cups” [1]');
  expect(await openingOf(`${cups}\n\nThese are the cups that each team won.`)).toBe(
    '**Bees**: “These are the cups that each team won.” [1]',
  );
});

test('what a table is called is not quoted for what stands in it', async () => {
  const sheet =
    'Stanley Cups\n\n| Team | Location | Cups |\n| --- | --- | --- |\n| Blues | STL | 1 |\n| Leafs | TOR | 13 |';
  const quotes = await quotesOf('Which team has won the most Stanley Cups?', sheet);
  expect(quotes).toEqual(['Team: Leafs · Location: TOR · Cups: 13 [1]']);
  const heading = [{ startOffset: 0, endOffset: 12 }];
  const passage = {
    ...testPassage(`Stanley Cups\n\n${sheet}`, { documentTitle: 'cups', similarity: 1 }),
    headings: heading,
  };
  const stretches = await quoteSentences(createTestDeps(database), database.scope, {
    question: 'Stanley Cups',
    earlierQuestions: [],
    active: undefined,
    passages: [passage],
    signal: new AbortController().signal,
  });
  for (const { range } of stretches) expect(passage.content.slice(range.start, range.end)).toMatch(/^\|/);
});

test('a small table of which no row is asked for is told whole', async () => {
  const hours = [
    '| Day | Opens | Closes |\n| --- | --- | --- |',
    '| Monday to Thursday | 7:00 | 16:30 |\n| Friday | 7:00 | 13:00 |\n| Saturday | 8:00 | 12:00 |',
  ].join('\n');
  const [first] = await quotesOf('When does the yard open?', hours);
  for (const day of ['Monday', 'Friday', 'Saturday']) expect(first).toContain(day);
  const [friday, ...others] = await quotesOf('When does the yard open on Friday?', hours);
  expect(friday).toBe('Day: Friday · Opens: 7:00 · Closes: 13:00 [1]');
  expect(others).toEqual([]);
});

test('what a thing is comes before what else is said of it, where that is asked', async () => {
  const other = 'A tide clock adds waves in the clock of the harbour. Gulls cry. It rains.';
  const definition = 'A tide clock (1961) is a machine that shows the height of the water at the landing.';
  const [first] = await quotesOf('What is a tide clock?', other, definition);
  expect(first).toBe(`${definition} [2]`.replace('[2]', '[1]'));
});

test('a question that names no document is about the one that the conversation has named', async () => {
  const battery = (hours: string) => `The battery is charged in ${hours} hours. The lamp is green then.`;
  const [drill, bicycle] = [
    testPassage(battery('three'), { documentTitle: 'K18 drill: manual', similarity: 1 }),
    testPassage(battery('five'), { documentTitle: 'Ridgeback: manual', similarity: 1 }),
  ];
  for (const [named, hours] of [
    ['K18', 'three'],
    ['Ridgeback', 'five'],
  ]) {
    const stretches = await quoteSentences(createTestDeps(database), database.scope, {
      question: 'How long does it take to charge the battery?',
      earlierQuestions: [`What is the ${named} for?`],
      active: undefined,
      passages: [drill, bicycle],
      signal: new AbortController().signal,
    });
    const [{ passage, range }] = stretches as [(typeof stretches)[0]];
    expect(passage.content.slice(range.start, range.end)).toContain(`in ${hours} hours`);
  }
});
