import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadSamples } from '../documents/load-samples.ts';
import { createBuiltinEmbedder } from '../retrieval/builtin-embedder.ts';
import { type IngestionBench, openIngestionBench } from '../testing/ingestion-bench.ts';
import { answerQuestion } from './answer-question.ts';

/** The questions that a new user is offered, over the collection they are about. */
let bench: IngestionBench;
beforeAll(async () => {
  bench = await openIngestionBench();
  bench.use({ embedder: createBuiltinEmbedder() });
  await loadSamples(bench.deps, bench.database.scope);
  await bench.deps.runJobs();
});
afterAll(() => bench.database.close());

async function quotesOf(question: string, ...earlier: string[]): Promise<string[]> {
  const history = earlier.map((text) => ({ role: 'user' as const, text }));
  const input = { question, history, signal: new AbortController().signal };
  const quotes: string[] = [];
  for await (const event of answerQuestion(bench.deps, bench.database.scope, input)) {
    if (event.type === 'citation-add') quotes.push(event.citation.quote);
  }
  return quotes;
}

test.each([
  {
    question: 'Why did Ada Quill build the tide clock?',
    first: "Emil's ferry ran aground",
    never: 'A clock for the river.',
  },
  { question: 'How often must the tide clock be wound?', first: 'every eighth day', never: 'Oil' },
  {
    question: 'What did Ada Quill say about mistakes?',
    first: 'A mistake is a letter from the machine',
    never: 'wound',
  },
])('$question', async ({ question, first, never }) => {
  const quotes = await quotesOf(question);
  expect(quotes[0]).toContain(first);
  for (const quote of quotes) expect(quote).not.toContain(never);
});

test('a follow-up that names nothing is answered by what the question before it is', async () => {
  const asked = 'How often must the tide clock be wound?';
  const quotes = await quotesOf(asked);
  expect(await quotesOf('Could you summarize it?', asked)).toEqual(quotes);
  expect(await quotesOf('Can you explain that in more detail?', asked, 'In other words?')).toEqual(quotes);
});

test.each(['What is in my documents?', 'What is the tide clock about?'])(
  'also where that is answered by how documents open: %s',
  async (asked) => {
    const quotes = await quotesOf(asked);
    expect(quotes).not.toEqual([]);
    expect(await quotesOf('Tell me more', asked)).toEqual(quotes);
  },
);

test('a follow-up is answered by what it asks itself, not by what was asked before', async () => {
  const [first] = await quotesOf('And when did she die?', 'Who was Tobias Renn?', 'How long did she stay with him?');
  expect(first).toContain('died on 3 February 2009');
});
