import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { insertTestDocument } from '@twin/db/testing/insert-test-document';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OwnerSide } from '../principal.ts';
import { insertBeeLibrary } from '../testing/bee-library.ts';
import { createTestDeps } from '../testing/create-test-deps.ts';
import { createScriptedModel } from '../testing/scripted-model.ts';
import { type ChatMessage, completeChat } from './complete-chat.ts';
import type { AnswerSource, MessageView } from './message-view.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await insertBeeLibrary(database);
  const { db, scope } = database;
  // Longer than the small window has room for.
  const clauses = Array.from({ length: 300 }, (_, at) => `lantern ${at} burns whale oil from the coast`);
  await insertTestDocument(db, scope, { id: 'lanterns', paragraphs: [clauses.join(', ')] });
  const years = Array.from({ length: 6 }, (_, at) => `In year ${at} the harbour glacier lost ${at + 3} metres of ice.`);
  for (let at = 0; at < 8; at += 1) {
    const paragraphs = [`Chapter ${at} is about turbines. ${'A turbine turns wind into power. '.repeat(30)}`.trim()];
    await insertTestDocument(db, scope, { id: `turbines-${at}`, paragraphs });
  }
  await insertTestDocument(db, scope, { id: 'glacier', paragraphs: years });
});
afterAll(() => database.close());

const said: ChatMessage[] = [
  { role: 'user', content: 'How long do drones live?' },
  { role: 'assistant', content: 'About eight weeks.' },
];
const signs = (text: string) => text.replaceAll(/\[\d+\.\d+\] /g, '').replaceAll(/\[(\d+)\]/g, '($1)');

async function textOf({ versionId, startOffset, endOffset }: AnswerSource): Promise<string> {
  const { rows } = await sql<{ text: string }>`
    select substr(canonical_text, ${startOffset}::integer + 1, ${endOffset - startOffset}::integer) as text
    from document_text where version_id = ${versionId}`.execute(database.db);
  return signs(rows[0]?.text ?? '');
}

test.each([
  { what: 'a first passage that is cut', question: 'Which lantern burns whale oil?', contextTokens: 2_048 },
  { what: 'an overview', question: 'What are my documents about?' },
  { what: 'an overview of more than fits', question: 'What are my documents about?', contextTokens: 2_048 },
  { what: 'chunks that were joined', question: 'How much ice did the harbour glacier lose?' },
  { what: 'a follow-up', question: 'And where do they go in autumn?', history: said },
])('the stored sources are what was sent, in its order: $what', async ({ question, contextTokens, history }) => {
  const model = { ...createScriptedModel(['Said [1].']), contextTokens };
  const deps = createTestDeps(database, { chatModel: model });
  const owner: OwnerSide = { kind: 'owner', scope: database.scope, userId: 'local', label: 'owner' };
  const messages = [...(history ?? []), { role: 'user' as const, content: question }];
  let message: MessageView | undefined;
  for await (const event of completeChat(deps, owner, { messages, signal: new AbortController().signal })) {
    if (event.type === 'answer-end') message = event.message;
  }
  const stored = await database.db
    .selectFrom('message')
    .select('sources')
    .where('id', '=', message?.id ?? '')
    .executeTakeFirstOrThrow();
  const sources = stored.sources as unknown as AnswerSource[];
  const prompt = model.prompts.at(-1)?.turns.at(-1)?.text ?? '';
  const sent = [...prompt.matchAll(/<passage number="(\d+)" document="([^"]*)"[^>]*>\n(.*?)\n<\/passage>/gs)];
  expect(sent.length).toBeGreaterThan(0);
  expect(sent.map(([, number]) => Number(number))).toEqual(sources.map((_, index) => index + 1));
  expect(sent.map(([, , title]) => title)).toEqual(sources.map(({ documentTitle }) => documentTitle));
  expect(sent.map(([, , , text]) => signs(text ?? ''))).toEqual(await Promise.all(sources.map(textOf)));
});
