import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createBuiltinEmbedder } from '@twin/core/retrieval/builtin-embedder';
import { insertBeeLibrary } from '@twin/core/testing/bee-library';
import type { Db } from '@twin/db/db';
import { insertConversation } from '@twin/db/queries/conversations';
import { findActiveEmbeddingModel } from '@twin/db/queries/embedding-models';
import { insertMessages } from '@twin/db/queries/messages';
import { countShadowed } from '@twin/db/queries/shadow-embeddings';
import { appendTurnEvents } from '@twin/db/queries/turn-events';
import { createTestDatabase } from '@twin/db/testing/create-test-database';
import { startFakeModelServer } from '@twin/testing/fake-model-server';
import { expect, test } from 'vitest';
import { createLogger } from './adapters/pino-logger.ts';
import { installationScope } from './auth/authenticate.ts';
import { parseEnv } from './env.ts';
import { startServer, startServerOn } from './start-server.ts';
import { startTestServer } from './testing/start-test-server.ts';

/** An answer as a process leaves it that was killed a minute ago. */
async function leaveAnswerBehind(db: Db): Promise<void> {
  const { id: conversationId } = await insertConversation(db, installationScope, {
    title: 'Q',
    userLabel: 'owner',
    origin: 'app',
  });
  const [message] = await db.transaction().execute((tx) => {
    const answer = { conversationId, ordinal: 0, role: 'assistant', state: 'running', text: '' } as const;
    return insertMessages(tx, installationScope, [answer]);
  });
  const event = { type: 'text-delta', text: 'Half an' };
  await appendTurnEvents(db, installationScope, message!.id, [{ sequence: 1, event }]);
  await db
    .updateTable('message')
    .set({ heartbeat_at: new Date(Date.now() - 60_000) })
    .execute();
}

test('an answer whose process died is ended when the next one starts, with the text it had', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'twin-start-'));
  const database = await createTestDatabase();
  await leaveAnswerBehind(database.db);

  const env = parseEnv({ PORT: '0', DATA_DIR: dataDir });
  const server = await startServerOn(database, env, createLogger({ level: 'silent', forPerson: false }));
  try {
    const answer = await database.db.selectFrom('message').select(['state', 'text']).executeTakeFirstOrThrow();
    expect(answer).toEqual({ state: 'failed', text: 'Half an' });
  } finally {
    await server.close();
    await rm(dataDir, { recursive: true, force: true });
  }
});

test('a library of another release’s built-in model is embedded anew by a start', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'twin-start-'));
  const database = await createTestDatabase();
  await insertBeeLibrary(database);
  const active = async () => await findActiveEmbeddingModel(database.db);
  expect(await active()).toMatchObject({ provider: 'builtin', name: 'bag-of-words' });

  const env = parseEnv({ PORT: '0', DATA_DIR: dataDir });
  const server = await startServerOn(database, env, createLogger({ level: 'silent', forPerson: false }));
  try {
    const { modelName, dimensions } = createBuiltinEmbedder();
    await expect.poll(active, { timeout: 30_000 }).toMatchObject({ provider: 'builtin', name: modelName, dimensions });
    const { id } = (await active()) ?? { id: 0 };
    const { chunks, shadowed } = await countShadowed(database.db, installationScope, id);
    expect(chunks).toBeGreaterThan(0);
    expect(shadowed).toBe(chunks);
  } finally {
    await server.close();
    await rm(dataDir, { recursive: true, force: true });
  }
});

test('a question that is still on its way when the server stops gets its whole answer', async () => {
  const model = await startFakeModelServer();
  const server = await startTestServer({ OPENAI_BASE_URL: model.baseUrl, OPENAI_API_KEY: 'test' });
  const headers = { 'content-type': 'application/json' };
  const documents = [{ id: 'clock', content: 'The tide clock was built by Ada Quill in 1987.' }];
  await fetch(`${server.origin}/api/ingest`, { method: 'POST', headers, body: JSON.stringify({ documents }) });
  model.setDefault({
    kind: 'answer',
    text: 'It was Ada Quill, in 1987, who built the tide clock [1]. '.repeat(4),
    msPerToken: 25,
  });

  const body = JSON.stringify({ text: 'Who built the tide clock?' });
  const sending = request(`${server.origin}/api/trpc/chat.send`, {
    method: 'POST',
    headers: { ...headers, 'content-length': Buffer.byteLength(body), expect: '100-continue' },
  });
  sending.flushHeaders();
  // The server has begun to take it.
  await once(sending, 'continue');
  const closed = server.close();
  sending.end(body);
  const [response] = (await once(sending, 'response')) as [IncomingMessage];
  expect(response.resume().statusCode).toBe(200);

  await closed;
  expect(model.requests.at(-1)).toMatchObject({ abortedAt: null, endedAt: expect.any(Number) });
  expect(server.log()).not.toContain('could not be stored');
  await model.close();
}, 60_000);

test('a server whose schema lacks a migration, as after an older copy was restored, is not ready and says why', async () => {
  const server = await startTestServer();
  const migrations = server.database.db.withTables<{ kysely_migration: { name: string } }>();
  const newest = migrations.selectFrom('kysely_migration').select(({ fn }) => fn.max('name').as('name'));

  await migrations.deleteFrom('kysely_migration').where('name', '=', newest).execute();

  const answer = await fetch(`${server.origin}/readyz`);
  expect([answer.status, await answer.json()]).toEqual([
    503,
    { status: 'not-ready', checks: { database: 'ok', schema: 'not available', worker: 'ok' } },
  ]);
  await server.close();
});

/** The embedded database belongs to one process. */
const canShare = Boolean(process.env['TEST_DATABASE_URL']);

test.skipIf(!canShare)(
  'a server whose schema a newer release has changed says that it has to be updated, and is ready until that is in the way',
  async () => {
    const server = await startTestServer();
    const { db } = server.database;
    const ready = async () => (await fetch(`${server.origin}/readyz`)).status;
    const list = async () => await fetch(`${server.origin}/api/documents`);

    await db.schema.alterTable('document').addColumn('shelf', 'text').execute();
    const migrations = db.withTables<{ kysely_migration: { name: string; timestamp: string } }>();
    await migrations.insertInto('kysely_migration').values({ name: '9999-shelves', timestamp: '' }).execute();
    expect([(await list()).status, await ready()]).toEqual([200, 200]);

    await db.schema.alterTable('document').renameColumn('title', 'heading').execute();
    const refused = await list();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await refused.json()).toMatchObject({
      error: { code: 'server-outdated', message: expect.stringContaining('This server is older than its database') },
    });
    const listed = await fetch(`${server.origin}/api/trpc/documents.list?input=%7B%7D`);
    expect([listed.status, await listed.json()]).toMatchObject([
      503,
      { error: { data: { appCode: 'server-outdated' } } },
    ]);
    expect(await ready()).toBe(503);
    expect(server.log()).toContain('a newer release has changed the database: update this server');
    await server.close();
  },
  60_000,
);

test('a statement that fails where no release has changed the schema is a fault like any other', async () => {
  const server = await startTestServer();
  await server.database.db.schema.alterTable('document').renameColumn('title', 'heading').execute();
  const listed = await fetch(`${server.origin}/api/documents`);
  expect([listed.status, (await fetch(`${server.origin}/readyz`)).status]).toEqual([500, 200]);
  await server.close();
});

test('a start says that it opens the database before it waits for it', async () => {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const env = parseEnv({ PORT: '0', DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' });

  await expect(startServer(env, createLogger({ level: 'info', forPerson: false, destination }))).rejects.toMatchObject({
    code: 'connection-refused',
  });

  expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(['opening the database …']);
});
