import { listChunkSpans } from '@twin/db/queries/chunks';
import { insertConversation } from '@twin/db/queries/conversations';
import { finishMessage, insertMessages } from '@twin/db/queries/messages';
import { listPassages } from '@twin/db/queries/search';
import { groundedAnswer } from '@twin/testing/grounded-answer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSeededRandom } from '../evaluation/seeded-random.ts';
import type { ChatModel } from '../ports.ts';
import type { Passage } from '../retrieval/passage.ts';
import { type IngestionBench, openIngestionBench } from '../testing/ingestion-bench.ts';
import type { Persona } from '../twin/persona.ts';
import { checkCitation } from './check-citation.ts';
import { joinNeighbours } from './join-neighbours.ts';
import type { Citation } from './message-view.ts';
import { writeAnswer } from './write-answer.ts';

const pieces = [
  'The tide clock was built in 1987, when Ada Quill was a young woman. ',
  'It shows high water at the old harbour, “twice a day” – as the ﬁshermen [3] know.\n\n',
  'Ada Quill said: “No clock tells the sea what it has to do.” ',
  'The rent is 1,250.50 € a month, at -5 °C as at 30 °C, and is due on the third. ',
  'Before the\nwar the clock weighed < 40 kg and held 10⁶ grains of sand on 25 m² of glass. ',
  '\n\n- brass, 40 % of the weight of the clock\n- oak, 60 % of the weight of the clock\n\n',
  '\n\n| part of the clock | weight |\n| --- | --- |\n| brass pendulum | 2.5 kg |\n| oak case | 11 kg |\n\n',
  'Die Uhr geht nach dem Mond, nicht nach der Sonne, und was sie kostet, weiß niemand. ',
  '潮汐時計は港にあります。月の動きに従います。 ',
  '😀 Visitors are asked not to wind the clock, and it weighs non-trivial amounts. ',
];
const questions = [
  'Who built the tide clock, and when?',
  'Was kostet die Uhr, und wonach geht sie?',
  'What weight has the pendulum of brass?',
  'At how many degrees is the rent due?',
];
const persona: Persona = { name: 'Ada', bio: '', tone: '', person: 'first', strictness: 'strict' };
const answerCount = 500;

/** Says what the test model server would say to this prompt, in pieces of four characters. */
const groundedModel: ChatModel = {
  modelName: 'grounded',
  async *stream({ system, turns }) {
    await Promise.resolve();
    const answer = groundedAnswer([system, ...turns.map(({ text }) => text)]);
    for (const [delta] of answer.matchAll(/.{1,4}/gsu)) yield delta;
  },
};

const random = createSeededRandom(25);
const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;

let bench: IngestionBench;
/** Of each document, its passages in order, as chunking left them. */
const documents: Passage[][] = [];
beforeAll(async () => {
  bench = await openIngestionBench();
  const { scope, db } = bench.database;
  for (let number = 1; number <= 5; number += 1) {
    const sections = Array.from({ length: 3 }, (_, section) => {
      return `# Section ${section}\n\n${Array.from({ length: 20 }, () => pick(pieces)).join('')}`;
    });
    const { document } = await bench.upload(sections.join('\n\n'), { fileName: `clock-${number}.md` });
    await bench.deps.runJobs();
    const chunks = await listChunkSpans(db, scope, document.ingestion.versionId);
    const rows = await listPassages(
      db,
      scope,
      chunks.map(({ id }) => id),
    );
    documents.push(rows.map((row) => ({ ...row, score: random(), similarity: null })));
  }
});
afterAll(() => bench.database.close());

/** Two neighbours of one document and two passages of others, joined as a search joins them. */
async function drawPassages(): Promise<Passage[]> {
  const one = pick(documents);
  const at = Math.floor(random() * (one.length - 1));
  const drawn = [...one.slice(at, at + 2), pick(pick(documents)), pick(pick(documents))];
  const once = [...new Map(drawn.map((passage) => [passage.chunkId, passage])).values()];
  return await joinNeighbours(bench.deps, bench.database.scope, once);
}

async function answer(): Promise<{ text: string; citations: Citation[]; unsupported: string[] }> {
  const answered = { text: '', citations: [] as Citation[], unsupported: [] as string[] };
  const input = { question: pick(questions), history: [], passages: await drawPassages(), relevant: true, persona };
  for await (const event of writeAnswer(groundedModel, { ...input, signal: new AbortController().signal })) {
    if (event.type === 'citation-add') answered.citations.push(event.citation);
    if (event.type === 'claim-unsupported') answered.unsupported.push(`${event.claim.claim} [${event.claim.quote}]`);
    if (event.type === 'text-delta') answered.text += event.text;
  }
  return answered;
}

test('of 500 generated and stored answers, every citation opens at text equal to its quote, and none is unsupported', async () => {
  const { db, scope } = bench.database;
  const answers: Awaited<ReturnType<typeof answer>>[] = [];
  for (let count = 0; count < answerCount; count += 1) answers.push(await answer());
  expect(answers.flatMap(({ unsupported }) => unsupported)).toEqual([]);
  for (const { text, citations } of answers) {
    for (const { number } of citations) expect(text).toContain(`[${number}]`);
  }

  const stored = await db.transaction().execute(async (tx) => {
    const { id: conversationId } = await insertConversation(tx, scope, {
      title: 'Clocks',
      userLabel: 'owner',
      origin: 'app',
    });
    const messages = answers.map((_, ordinal) => {
      return { conversationId, ordinal, role: 'assistant' as const, state: 'running' as const, text: '' };
    });
    const rows = await insertMessages(tx, scope, messages);
    for (const [index, { id }] of rows.entries()) {
      const { text, citations } = answers[index]!;
      await finishMessage(tx, scope, id, { ...emptyMessage, text, citations: JSON.stringify(citations) });
    }
    return rows;
  });
  let checked = 0;
  for (const [index, { id: messageId }] of stored.entries()) {
    for (const { number, versionId, startOffset, endOffset } of answers[index]!.citations) {
      const standing = await checkCitation(bench.deps, scope, { messageId, number });
      expect(standing).toEqual({ standing: 'unchanged', versionId, startOffset, endOffset });
      checked += 1;
    }
  }
  expect(checked).toBeGreaterThan(answerCount);
}, 60_000);

const emptyMessage = {
  state: 'done' as const,
  outcome: 'answered',
  unsupported: '[]',
  sources: '[]',
  error: null,
  model: 'grounded',
  usage: null,
  from_cache: false,
  model_skipped: null,
  updated_at: new Date(),
};
