import { deleteDocuments } from '@twin/db/queries/deleted-documents';
import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { insertTestDocument } from '@twin/db/testing/insert-test-document';
import { storeTestText } from '@twin/db/testing/store-test-text';
import * as fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Principal } from '../principal.ts';
import { type BeeLibrary, insertBeeLibrary } from '../testing/bee-library.ts';
import { createTestDeps } from '../testing/create-test-deps.ts';
import { ownerOf } from '../testing/owner-of.ts';
import { createScriptedModel } from '../testing/scripted-model.ts';
import { checkCitation, findAgain } from './check-citation.ts';
import { completeChat } from './complete-chat.ts';
import { getConversation } from './get-conversation.ts';
import type { Citation, MessageView } from './message-view.ts';

let database: TestDatabase;
let library: BeeLibrary;
let answer: MessageView;
beforeAll(async () => {
  database = await createTestDatabase();
  library = await insertBeeLibrary(database);
  const chatModel = createScriptedModel(['Drones have no sting [1 "Drones have no sting"], says one [9].']);
  const principal: Principal = { kind: 'owner', scope: database.scope, userId: 'local', label: 'owner' };
  const messages = [{ role: 'user' as const, content: 'Do drones have a sting?' }];
  const signal = new AbortController().signal;
  for await (const event of completeChat(createTestDeps(database, { chatModel }), principal, { messages, signal })) {
    if (event.type === 'answer-end') answer = event.message;
  }
});
afterAll(() => database.close());

test('the stored answer keeps what could not be verified', async () => {
  const deps = createTestDeps(database);
  const { messages, staleSources } = await getConversation(deps, ownerOf(database.scope), answer.conversationId);
  expect(messages.at(-1)).toEqual(answer);
  expect(answer).toMatchObject({
    text: 'Drones have no sting [1], says one [?1].',
    citations: [{ number: 1, quote: 'Drones have no sting.' }],
    unsupported: [{ number: 1, claim: 'Drones have no sting, says one', quote: null }],
  });
  expect(staleSources).toEqual([]);
});

test('a citation is looked up in its document as it is now', async () => {
  const deps = createTestDeps(database);
  const { db, scope } = database;
  const cited = { messageId: answer.id, number: 1 };
  const [citation] = answer.citations as [Citation];
  const { startOffset, endOffset, versionId } = citation;
  expect(await checkCitation(deps, scope, cited)).toEqual({ standing: 'unchanged', versionId, startOffset, endOffset });
  await expect(checkCitation(deps, scope, { ...cited, number: 2 })).rejects.toMatchObject({ code: 'not-found' });

  const newer = versionId + 1;
  expect(findAgain({ start: 0, text: `A preface. ${library.bees.canonicalText}` }, newer, citation)).toEqual({
    standing: 'moved',
    versionId: newer,
    startOffset: startOffset + 11,
    endOffset: endOffset + 11,
  });
  const said = 'Drones have no sting.';
  const twice = `${said} ${'x'.repeat(startOffset)} ${said} ${said}`;
  expect(findAgain({ start: 0, text: twice }, newer, citation)).toMatchObject({
    standing: 'moved',
    startOffset: said.length + startOffset + 2,
  });
  expect(findAgain({ start: 0, text: 'Drones have a sting.' }, newer, citation)).toEqual({ standing: 'changed' });

  await db.transaction().execute((tx) => deleteDocuments(tx, scope, ['bees']));
  expect(await checkCitation(deps, scope, cited)).toEqual({ standing: 'withdrawn' });
  const { staleSources } = await getConversation(deps, ownerOf(scope), answer.conversationId);
  expect(staleSources).toEqual([{ documentId: 'bees', versionId, standing: 'withdrawn' }]);
});

test('what was found and not cited is told as well when it has a newer version or is gone', async () => {
  const { db, scope } = database;
  const { documentId, versionId } = answer.sources.find((source) => source.documentId === 'refunds') ?? {};
  expect(answer.citations.map((citation) => citation.documentId)).not.toContain('refunds');
  const staleRefunds = async () => {
    const { staleSources } = await getConversation(createTestDeps(database), ownerOf(scope), answer.conversationId);
    return staleSources.filter((source) => source.documentId === 'refunds');
  };
  expect(await staleRefunds()).toEqual([]);
  const newer = await insertTestDocument(db, scope, { id: 'newer', paragraphs: ['Refunds take a year.'] });
  await sql`update document set live_version_id = ${newer.versionId} where id = 'refunds'`.execute(db);
  expect(await staleRefunds()).toEqual([{ documentId, versionId, standing: 'replaced' }]);
  await db.transaction().execute((tx) => deleteDocuments(tx, scope, ['refunds']));
  expect(await staleRefunds()).toEqual([{ documentId, versionId, standing: 'withdrawn' }]);
});

test('a quote that has moved to another part of a long text is found there, also where two parts meet', async () => {
  const deps = createTestDeps(database);
  const { db, scope } = database;
  const filler = 'Nothing of that kind is said here. '.repeat(200);
  const said = 'Drones have no sting.';
  for (const [index, cut] of [0, 7, said.length].entries()) {
    const id = `moved-${index}`;
    const { versionId } = await insertTestDocument(db, scope, { id, paragraphs: ['Soon replaced.'] });
    const texts = [filler, filler, `${filler}${said.slice(0, cut)}`, `${said.slice(cut)}${filler}`, filler];
    await storeTestText(
      db,
      scope,
      versionId,
      texts.map((text) => ({ text })),
    );
    const citation = { ...(answer.citations as [Citation])[0], documentId: id, versionId: -1, quote: said };
    const cited = { ...citation, number: 100 + index };
    await sql`update message set citations = citations || ${JSON.stringify([cited])}::jsonb where id = ${answer.id}`.execute(
      db,
    );
    const startOffset = texts.join('').indexOf(said);
    const checked = await checkCitation(deps, scope, { messageId: answer.id, number: 100 + index });
    expect(checked).toEqual({ standing: 'moved', versionId, startOffset, endOffset: startOffset + said.length });
  }
});

test('a stored quote that differs in any character from its document is not taken for it', () => {
  const text = 'A strong hive holds about 40,000 bees in summer. Drones have no sting.';
  fc.assert(
    fc.property(fc.nat(47), fc.nat(22), fc.string({ minLength: 1, maxLength: 1 }), (at, length, character) => {
      const [startOffset, endOffset] = [at, Math.min(text.length, at + length + 1)];
      const quote = text.slice(startOffset, endOffset);
      const changed = character + quote.slice(1);
      fc.pre(changed !== quote);
      const place = { versionId: 1, startOffset, endOffset } as Citation;
      expect(findAgain({ start: 0, text }, 1, { ...place, quote }).standing).toBe('unchanged');
      expect(findAgain({ start: 0, text }, 1, { ...place, quote: changed })).toEqual({ standing: 'changed' });
    }),
    { numRuns: 1_000 },
  );
});
