import { AppError } from '@twin/core/app-error';
import { completeChat } from '@twin/core/chat/complete-chat';
import { getConversation } from '@twin/core/chat/get-conversation';
import type { MessageView } from '@twin/core/chat/message-view';
import type { Deps } from '@twin/core/deps';
import { deleteDocuments } from '@twin/core/documents/delete-documents';
import { getDocument } from '@twin/core/documents/get-document';
import { inProcessReader } from '@twin/core/documents/in-process-reader';
import { receiveUpload } from '@twin/core/documents/receive-upload';
import { addAnswerAsGolden, addGoldenQuestions, listGolden } from '@twin/core/evaluation/golden-questions';
import { getRun, startRun } from '@twin/core/evaluation/runs';
import { limits } from '@twin/core/limits';
import type { ChatModel } from '@twin/core/ports';
import { createBuiltinEmbedder } from '@twin/core/retrieval/builtin-embedder';
import { createTestDeps } from '@twin/core/testing/create-test-deps';
import { ownerOf } from '@twin/core/testing/owner-of';
import { countRowsHolding } from '@twin/db/testing/count-rows-holding';
import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createLogger } from '../adapters/pino-logger.ts';
import { createBoss } from './create-boss.ts';
import { INGESTION_QUEUE, ingestionKey } from './ingestion-queue.ts';
import { type Jobs, openJobs } from './open-jobs.ts';

/** Real jobs, a real queue: all that a server keeps of a document, from its upload to the end of its erasure. */

let database: TestDatabase;
let jobs: Jobs;
let deps: Deps;
const logger = createLogger({ level: 'silent', forPerson: false });
const builtin = createBuiltinEmbedder();

/** Said by a document, found, and never cited. */
const found = 'xylophone-canary-7391';
/** Said by a document, and cited. */
const cited = 'zither-canary-4826';
/** Said by a document that is never embedded: a job for it waits when it is deleted. */
const refused = 'bassoon-canary-1177';
const canaries = new RegExp([found, cited, refused].join('|'));

/** Cites the sentence of the prompt that holds the words which are to be cited. */
const citing: ChatModel = {
  modelName: 'citing',
  async *stream({ turns }) {
    const [, id, sentence] =
      new RegExp(`\\[(\\d+\\.\\d+)\\] ([^\\n[]*${cited}[^\\n[.]*)`).exec(turns.at(-1)?.text ?? '') ?? [];
    yield await Promise.resolve(`The bell hangs there [${id} "${sentence}"].`);
  },
};

beforeAll(async () => {
  database = await createTestDatabase();
  jobs = await openJobs(database, logger, 4);
  const embed: Deps['embedder']['embed'] = async (texts, purpose, signal) => {
    if (texts.some((text) => text.includes(refused)))
      throw new AppError('model-unavailable', 'It is away for this one.');
    return await builtin.embed(texts, purpose, signal);
  };
  const embedder = { ...builtin, embed };
  const { queue } = jobs;
  const enqueueErasure: typeof queue.enqueueErasure = async (tx, scope, id) =>
    await queue.enqueueErasure(tx, scope, id, { afterSeconds: limits.undoDeleteSeconds });
  const own = { embedder, chatModel: citing, reader: inProcessReader, jobs: { ...queue, enqueueErasure }, logger };
  deps = createTestDeps(database, own);
  await jobs.work(deps);
}, 120_000);
afterAll(async () => {
  await jobs.stop();
  await database.close();
});

const soon = { timeout: 60_000, interval: 100 };

async function upload(fileName: string, text: string): Promise<string> {
  async function* content() {
    yield await Promise.resolve(new TextEncoder().encode(text));
  }
  const file = { fileName, mediaType: null, content: content(), origin: 'upload' as const };
  return (await receiveUpload(deps, database.scope, file)).document.id;
}

async function ask(content: string): Promise<MessageView> {
  const messages = [{ role: 'user' as const, content }];
  const { signal } = new AbortController();
  for await (const event of completeChat(deps, ownerOf(database.scope), { messages, signal })) {
    if (event.type === 'answer-end') return event.message;
  }
  throw new Error('The answer did not end');
}

/** Asks all golden questions, by the worker. */
async function evaluate(): Promise<string> {
  const { id } = await startRun(deps, database.scope);
  await vi.waitUntil(async () => (await getRun(deps, database.scope, id)).run.state === 'done', soon);
  return id;
}

async function countOf(text: string): Promise<Record<string, number>> {
  return await countRowsHolding(database.db, text);
}

test('after the erasure of a document no table holds a word of it, the queue’s included, but what answers cite', async () => {
  const { scope, db } = database;
  const boss = createBoss(database, logger, 2);
  await boss.start();
  const quote = `The bell of the tower hangs beside the ${cited}`;
  const ids = await Promise.all([
    upload('bell.md', `# The bell of the tower\n\n${quote}. It was cast for the ${found} in spring.`),
    upload(`${found}.md`, `# The tower and the ${found}\n\nThe tower has a bell, which calls the ${found}.`),
    upload(`${refused}.md`, `# The ${refused}\n\nNobody embeds the ${refused}.`),
  ]);
  const otherId = await upload('other.md', '# The tower\n\nThe tower of the town has a clock as well.');
  const isReady = async (id: string) => (await getDocument(deps, scope, id)).ingestion.stage === 'ready';
  for (const id of [...ids.slice(0, 2), otherId]) await vi.waitUntil(() => isReady(id), soon);
  // Its job waits for another try.
  const { versionId } = (await getDocument(deps, scope, ids[2] ?? '')).ingestion;
  const findJobs = () => boss.findJobs(INGESTION_QUEUE, { key: ingestionKey(scope, versionId) });
  await vi.waitUntil(async () => (await findJobs()).some(({ retryCount }) => retryCount > 0), soon);

  const answer = await ask('Where does the bell of the tower hang?');
  expect(answer.citations.map((citation) => citation.quote)).toEqual([`${quote}.`]);
  expect(answer.sources.map(({ documentId }) => documentId)).toEqual(expect.arrayContaining(ids.slice(0, 2)));
  await addAnswerAsGolden(deps, scope, answer.id);
  const expected = [{ documentId: ids[1] ?? '', quote: `calls the ${found}` }];
  const question = { question: 'Whom does the bell call?', history: [], answerable: true, expected, answerTexts: [] };
  await addGoldenQuestions(deps, scope, [question]);
  const runId = await evaluate();
  const before = await countOf(found);
  const tables = ['message', 'turn_event', 'golden_question', 'evaluation_result', 'chunk', 'document'];
  expect(Object.keys(before)).toEqual(expect.arrayContaining(tables.map((table) => `public.${table}`)));

  await deleteDocuments(deps, scope, ids);
  await vi.waitUntil(async () => {
    return (await db.selectFrom('document').select('id').where('id', 'in', ids).execute()).length === 0;
  }, soon);

  expect(await findJobs()).toEqual([]);
  expect(await countOf(found)).toEqual({});
  expect(await countOf(refused)).toEqual({});
  // The quote in the answer, and for a day in the answer's log: as it was cited, and at its end.
  expect(await countOf(cited)).toEqual({ 'public.message': 1, 'public.turn_event': 2 });
  const { messages, staleSources } = await getConversation(deps, ownerOf(scope), answer.conversationId);
  expect(messages.at(-1)?.citations).toEqual(answer.citations);
  expect(new Set(staleSources.map(({ documentId }) => documentId))).toEqual(new Set(ids.slice(0, 2)));
  const { run, questions } = await getRun(deps, scope, runId);
  expect(run.measures?.recall).toBe(1);
  expect(JSON.stringify(questions)).not.toMatch(canaries);
  expect((await listGolden(deps, scope)).flatMap((golden) => golden.expected)).toEqual(
    [ids[0], ids[1]].map((documentId) => ({ documentId, quote: null })),
  );
  await boss.stop();
}, 300_000);
