import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { insertTestDocument } from '@twin/db/testing/insert-test-document';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCollection } from '../collections/change-collections.ts';
import { organizeDocuments } from '../collections/organize-documents.ts';
import type { Deps } from '../deps.ts';
import type { OwnerSide } from '../principal.ts';
import { insertBeeLibrary } from '../testing/bee-library.ts';
import { createTestDeps } from '../testing/create-test-deps.ts';
import { createScriptedModel } from '../testing/scripted-model.ts';
import type { AskedScope } from './answer-scope.ts';
import { type ChatMessage, completeChat } from './complete-chat.ts';

let database: TestDatabase;
let deps: Deps;
const model = createScriptedModel(['Drones have no sting [1 "Drones have no sting"].']);
beforeAll(async () => {
  database = await createTestDatabase();
  await insertBeeLibrary(database);
  const paragraphs = ['Drones have no sting. They are the males of the hive.'];
  await insertTestDocument(database.db, database.scope, { id: 'drones', paragraphs });
  deps = createTestDeps(database, { chatModel: model });
});
afterAll(() => database.close());

const said: ChatMessage[] = [
  { role: 'user', content: 'How many bees are in a hive?' },
  { role: 'assistant', content: 'About 40,000 in summer.' },
];

/** Whether an answer was made by the model, and what its documents were. */
async function ask(part?: AskedScope, history: readonly ChatMessage[] = []) {
  const callsBefore = model.prompts.length;
  const messages = [...history, { role: 'user' as const, content: 'Do drones have a sting?' }];
  const owner: OwnerSide = { kind: 'owner', scope: database.scope, userId: 'local', label: 'owner' };
  const { signal } = new AbortController();
  const call = { messages, signal, ...(part && { scope: part }) };
  for await (const event of completeChat(deps, owner, call)) {
    if (event.type !== 'answer-end') continue;
    const { fromCache, sources, state, outcome } = event.message;
    const calls = model.prompts.length - callsBefore;
    return {
      calls,
      fromCache,
      state,
      outcome,
      documents: [...new Set(sources.map((each) => each.documentId))].toSorted(),
    };
  }
  throw new Error('The answer has no end');
}

test('one question of other documents, or within a conversation, is another one; asked twice it is asked of the model once', async () => {
  const made = { calls: 1, fromCache: false, state: 'done' };
  const given = { calls: 0, fromCache: true, state: 'done' };
  expect(await ask({ documentIds: ['bees'] })).toMatchObject({ ...made, documents: ['bees'], outcome: 'answered' });
  expect(await ask({ documentIds: ['drones'] })).toMatchObject({ ...made, documents: ['drones'] });
  const both = { documentIds: ['bees', 'drones'] };
  expect(await ask(both)).toMatchObject(made);
  expect(await ask()).toMatchObject(made);
  expect(await ask(undefined, said)).toMatchObject(made);
  expect(await ask({ documentIds: ['bees'] })).toMatchObject({ ...given, documents: ['bees'] });
  expect(await ask({ documentIds: ['drones'] })).toMatchObject({ ...given, documents: ['drones'] });
  expect(await ask(both)).toMatchObject(given);
  expect(await ask()).toMatchObject(given);
  expect(await ask(undefined, said)).toMatchObject(given);
  expect(await ask(undefined, said.with(1, { role: 'assistant', content: 'Some.' }))).toMatchObject(made);
});

test('an answer that was given is not given to who asks documents that do not hold it', async () => {
  await ask({ documentIds: ['bees'] });
  const elsewhere = await ask({ documentIds: ['refunds'] });
  expect(elsewhere.fromCache).toBe(false);
  expect(elsewhere.outcome).not.toBe('answered');
  expect(elsewhere.documents).not.toContain('bees');
});

test('a change of a collection or of tags makes the next answer anew, to all that is asked', async () => {
  const { scope } = database;
  const { id: collectionId } = await createCollection(deps, scope, 'Animals');
  await organizeDocuments(deps, scope, { ids: ['bees'], addToCollection: collectionId, addTags: ['animal'] });
  for (const part of [{ collectionId }, { tags: ['animal'] }]) {
    expect(await ask(part)).toMatchObject({ calls: 1, outcome: 'answered', documents: ['bees'] });
    expect(await ask(part)).toMatchObject({ calls: 0, fromCache: true });
  }
  await organizeDocuments(deps, scope, { ids: ['refunds'], addToCollection: collectionId });
  expect(await ask({ collectionId })).toMatchObject({ calls: 1, fromCache: false });
  expect(await ask({ collectionId })).toMatchObject({ calls: 0 });
  await organizeDocuments(deps, scope, { ids: ['refunds'], addTags: ['animal'] });
  expect(await ask({ tags: ['animal'] })).toMatchObject({ calls: 1, fromCache: false });
  await organizeDocuments(deps, scope, { ids: ['bees'], removeFromCollection: collectionId, removeTags: ['animal'] });
  for (const part of [{ collectionId }, { tags: ['animal'] }]) {
    const after = await ask(part);
    expect(after.fromCache).toBe(false);
    expect(after.documents).not.toContain('bees');
  }
});
