import { deleteDatabaseValues } from '@twin/db/queries/cache';
import { insertShareLink, revokeShareLink as revokeRow } from '@twin/db/queries/share-links';
import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTurn } from '../chat/start-turn.ts';
import { createTurnRunner } from '../chat/turn-runner.ts';
import type { Embedder } from '../ports.ts';
import type { Visitor } from '../principal.ts';
import { insertBeeLibrary } from '../testing/bee-library.ts';
import { openChatProcess } from '../testing/chat-process.ts';
import { testEmbedder } from '../testing/create-test-deps.ts';
import { ownerOf } from '../testing/owner-of.ts';
import { askAsVisitor, getAsVisitor, watchAsVisitor } from './visitor-chat.ts';
import type { VisitorEvent } from './visitor-view.ts';

const question = 'How many bees does a strong hive hold in summer?';
const never = new AbortController().signal;
let database: TestDatabase;
let links = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  await insertBeeLibrary(database);
});
afterAll(() => database.close());

async function visit(): Promise<Visitor> {
  const { db, scope } = database;
  links += 1;
  const tokenHash = String(links).padStart(64, '0');
  const linkId = await insertShareLink(db, scope, { name: 'Friends', tokenHash, expiresAt: null });
  return { kind: 'visitor', scope, visitorId: crypto.randomUUID(), linkId, label: 'visitor' };
}

async function eventsOf(
  process: ReturnType<typeof openChatProcess>,
  visitor: Visitor,
  messageId: string,
  afterSequence = 0,
) {
  const events: { sequence: number; event: VisitorEvent }[] = [];
  for await (const one of watchAsVisitor(process.deps, visitor, { messageId, afterSequence }, never)) events.push(one);
  return events;
}

test('a process that believes a revoked link takes no question by it', async () => {
  const process = openChatProcess(database);
  const visitor = await visit();
  const first = await askAsVisitor(process.deps, process.turns, visitor, { text: question });
  await eventsOf(process, visitor, first.messageId);
  // As another process does, which this one hears nothing of.
  await revokeRow(database.db, database.scope, visitor.linkId);
  const refused = { code: 'unauthenticated', reason: 'link-ended' };
  const again = { text: question, conversationId: first.conversationId };
  await expect(askAsVisitor(process.deps, process.turns, visitor, { text: question })).rejects.toMatchObject(refused);
  await expect(askAsVisitor(process.deps, process.turns, visitor, again)).rejects.toMatchObject(refused);
});

test('a citation shows its quote in the passage that was kept, also to who comes back in the middle', async () => {
  const process = openChatProcess(database, ['It holds 40,000 bees [1].']);
  const visitor = await visit();
  const { messageId, conversationId } = await askAsVisitor(process.deps, process.turns, visitor, { text: question });
  const events = await eventsOf(process, visitor, messageId);
  const cited = events.find(({ event }) => event.type === 'citation-add');
  if (cited?.event.type !== 'citation-add') throw new Error('nothing was cited');
  const { passage, quote } = cited.event.citation;
  expect(passage).toContain(quote);
  expect(passage?.length).toBeGreaterThan(quote.length);
  expect(await eventsOf(process, visitor, messageId, cited.sequence - 1)).toEqual(
    events.filter(({ sequence }) => sequence >= cited.sequence),
  );
  const { messages } = await getAsVisitor(process.deps, visitor, conversationId);
  expect(messages.at(-1)?.citations).toEqual([cited.event.citation]);
});

test('the events are numbered as they are shown: no gap tells of what is the owner’s, and a resume misses and repeats nothing', async () => {
  const retry = { retry: { waitMs: 1, reason: 'busy' } };
  const process = openChatProcess(database, [retry, retry, 'It holds 40,000 bees [1].']);
  const visitor = await visit();
  const { messageId } = await askAsVisitor(process.deps, process.turns, visitor, { text: question });
  const events = await eventsOf(process, visitor, messageId);
  expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, n) => n + 1));
  for (let seen = 0; seen <= events.length; seen += 1) {
    expect(await eventsOf(process, visitor, messageId, seen)).toEqual(events.slice(seen));
  }
});

test('an answer and a vector are neither taken from what the owner asked nor left to others, whoever asks next', async () => {
  await deleteDatabaseValues(database.db, database.scope, '');
  const process = openChatProcess(database, ['It holds 40,000 bees [1].']);
  let embedded = 0;
  const embed: Embedder['embed'] = (texts, purpose) => {
    if (purpose === 'question') embedded += 1;
    return testEmbedder.embed(texts, purpose);
  };
  // A remote model, whose vectors of questions are kept.
  const embedder = { ...testEmbedder, provider: 'openai' as const, modelName: 'remote', embed };
  const deps = { ...process.deps, embedder, otherEmbedder: () => embedder };
  const turns = createTurnRunner(deps);
  const askAsOwner = async () => {
    await process.watch((await startTurn(deps, turns, ownerOf(database.scope), { text: question })).messageId);
    return { written: process.model.prompts.length, embedded };
  };
  const ask = async () => {
    const visitor = await visit();
    const { messageId } = await askAsVisitor(deps, turns, visitor, { text: question });
    const events = await eventsOf({ ...process, deps }, visitor, messageId);
    expect(events.at(-1)?.event).toMatchObject({ type: 'answer-end', message: { outcome: 'answered' } });
    return { written: process.model.prompts.length, embedded };
  };
  const keptKeys = () => database.db.selectFrom('database_cache').select('key').orderBy('key').execute();
  expect(await ask()).toEqual({ written: 1, embedded: 1 });
  expect((await keptKeys()).filter(({ key }) => /^(answer|question)/.test(key))).toEqual([]);
  expect(await askAsOwner()).toEqual({ written: 2, embedded: 2 });
  expect(await askAsOwner()).toEqual({ written: 2, embedded: 2 });
  const kept = await keptKeys();
  expect(await ask()).toEqual({ written: 3, embedded: 3 });
  expect(await ask()).toEqual({ written: 4, embedded: 4 });
  expect(await keptKeys()).toEqual(kept);
});

test('a refusal names no passages, and does not say that it does', async () => {
  const process = openChatProcess(database);
  const visitor = await visit();
  const text = 'How do I bake sourdough bread at high altitude?';
  const { messageId, conversationId } = await askAsVisitor(process.deps, process.turns, visitor, { text });
  await eventsOf(process, visitor, messageId);
  const { messages } = await getAsVisitor(process.deps, visitor, conversationId);
  const answer = messages.at(-1);
  expect(answer?.outcome).toBe('nothing-relevant');
  expect(answer?.text).not.toMatch(/listed as sources/);
  expect(JSON.stringify(messages)).not.toMatch(/excerpt|sources"/);
});

test.each([
  ['How do I bake sourdough bread at high altitude?', 'I found nothing in the documents that answers this.'],
  ['What does the hive charge for parking a lorry?', 'I found nothing in the documents that surely answers this.'],
  [question, 'From the documents:'],
  ['What is in your documents?', 'From the documents:'],
  ['Who are you?', 'What would you like to know?'],
])('“%s”: a visitor is not spoken to as if the documents were theirs', async (text, said) => {
  const process = openChatProcess(database);
  const visitor = await visit();
  const { messageId, conversationId } = await askAsVisitor(process.deps, process.turns, visitor, { text });
  await eventsOf(process, visitor, messageId);
  const { messages } = await getAsVisitor(process.deps, visitor, conversationId);
  expect(messages.at(-1)?.text).toContain(said);
  expect(messages.at(-1)?.text).not.toMatch(/your (documents|library)/i);
});
