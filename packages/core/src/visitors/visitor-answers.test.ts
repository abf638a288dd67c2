import { insertShareLink, revokeShareLink as revokeRow } from '@twin/db/queries/share-links';
import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { limits } from '../limits.ts';
import type { Visitor } from '../principal.ts';
import { insertBeeLibrary } from '../testing/bee-library.ts';
import { openChatProcess } from '../testing/chat-process.ts';
import { askAsVisitor, watchAsVisitor } from './visitor-chat.ts';
import type { VisitorEvent } from './visitor-view.ts';

type Process = ReturnType<typeof openChatProcess>;
const text = 'How many bees does a strong hive hold in summer?';
const endless = ['It holds', { stall: true }] as const;
let database: TestDatabase;
let links = 0;
const opened: Process[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  await insertBeeLibrary(database);
});
afterEach(() => Promise.all(opened.splice(0).map(({ turns }) => turns.drain(0))));
afterAll(() => database.close());

function open(steps: Parameters<typeof openChatProcess>[1]): Process {
  const process = openChatProcess(database, steps);
  opened.push(process);
  return process;
}

async function share(expiresInMs?: number): Promise<string> {
  links += 1;
  const expiresAt = expiresInMs === undefined ? null : new Date(Date.now() + expiresInMs);
  const tokenHash = String(links).padStart(64, '0');
  return await insertShareLink(database.db, database.scope, { name: 'Friends', tokenHash, expiresAt });
}

function visitorBy(linkId: string): Visitor {
  return { kind: 'visitor', scope: database.scope, visitorId: crypto.randomUUID(), linkId, label: 'visitor' };
}

const ask = ({ deps, turns }: Process, visitor: Visitor, question = text) =>
  askAsVisitor(deps, turns, visitor, { text: question });

async function lastEventOf({ deps }: Process, visitor: Visitor, messageId: string): Promise<VisitorEvent | undefined> {
  let last: VisitorEvent | undefined;
  const never = new AbortController().signal;
  for await (const { event } of watchAsVisitor(deps, visitor, { messageId, afterSequence: 0 }, never)) last = event;
  return last;
}

/** How many were taken, and why the others were not. */
async function outcomesOf(asked: readonly Promise<unknown>[]): Promise<Record<string, number>> {
  const counted: Record<string, number> = {};
  for (const one of await Promise.allSettled(asked)) {
    const outcome = one.status === 'fulfilled' ? 'taken' : ((one.reason as { reason?: string }).reason ?? 'failed');
    counted[outcome] = (counted[outcome] ?? 0) + 1;
  }
  return counted;
}

test('a visitor has two answers at once, and all visitors eight, however many ask at the same moment by whichever link', async () => {
  const process = open(endless);
  const elsewhere = open(endless);
  const ada = visitorBy(await share());
  const own = limits.visitorAnswersAtOnceMax;
  const refused = { code: 'rate-limited', reason: 'visitor-answers', retryAfterMs: expect.any(Number) };
  const all = Array.from({ length: 5 }, () => ask(process, ada));
  expect(await outcomesOf(all)).toEqual({ taken: own, 'visitor-answers': 5 - own });
  await expect(ask(elsewhere, ada)).rejects.toMatchObject(refused);

  const others = [await share(), await share()];
  const many = Array.from({ length: 20 }, (_, n) =>
    ask(n % 2 ? process : elsewhere, visitorBy(others[n % others.length] ?? '')),
  );
  const left = limits.visitorsAnswersAtOnceMax - own;
  expect(await outcomesOf(many)).toEqual({ taken: left, 'visitors-answers': 20 - left });
  // The owner is not held up by them.
  const owners = await process.ask(text);
  expect(owners.messageId).toBeTruthy();
});

test('an answer that has ended makes room for the next', async () => {
  const process = open(['It holds 40,000 bees [1].']);
  const visitor = visitorBy(await share());
  for (let n = 0; n < limits.visitorAnswersAtOnceMax + 1; n += 1) {
    // Not what the other tests ask: it is kept for whoever asks it next.
    const { messageId } = await ask(process, visitor, 'How many bees does a strong hive hold?');
    expect(await lastEventOf(process, visitor, messageId)).toMatchObject({ message: { state: 'done' } });
  }
});

test('a visitor’s answer ends after some minutes, and keeps what it says; the owner’s goes on', async () => {
  const process = open(endless);
  const visitor = visitorBy(await share());
  const { messageId } = await ask(process, visitor);
  const owners = await process.ask('How many bees does a strong hive hold in June?');
  await process.untilText(owners.messageId);
  process.deps.clock = { now: () => Date.now() + limits.visitorAnswerMsMax + 1_000 };
  const message = { state: 'failed', text: expect.stringContaining('It holds'), error: { code: 'canceled' } };
  expect(await lastEventOf(process, visitor, messageId)).toMatchObject({ type: 'answer-end', message });
  expect((await process.storedAnswer(owners))?.state).toBe('running');
});

test('a link whose time is over ends the answers under way to its visitors within seconds', async () => {
  const process = open(endless);
  const visitor = visitorBy(await share(1_500));
  const { messageId } = await ask(process, visitor);
  const last = await lastEventOf(process, visitor, messageId);
  const message = { state: 'stopped', text: expect.stringContaining('It holds') };
  expect(last).toMatchObject({ type: 'answer-end', message });
  expect(process.model.abortedAt).not.toBeNull();
});

test('an answer ends with the link that its question came by, also in a conversation that was begun by another', async () => {
  const process = open(endless);
  const begun = visitorBy(await share());
  const { conversationId, messageId } = await ask(process, begun);
  await process.turns.stop(database.scope, messageId);
  const later = { ...begun, linkId: await share() };
  const goesOn = await askAsVisitor(process.deps, process.turns, later, { text, conversationId });
  // As another process does, which this one hears nothing of.
  await revokeRow(database.db, database.scope, later.linkId);
  const last = await lastEventOf(process, later, goesOn.messageId);
  expect(last).toMatchObject({ type: 'answer-end', message: { state: 'stopped' } });
});
