import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { DocumentView } from '@twin/core/documents/document-view';
import { openDatabase } from '@twin/db/client';
import type { IngestionStage } from '@twin/db/schema';
import { LOCAL_TWIN_ID, mintTwinScope } from '@twin/db/scope';
import { copyPreparedDataFolder } from '@twin/db/testing/embedded-test-database';
import { listStoredDocuments, type StoredDocument } from '@twin/db/testing/list-stored-documents';
import { makeLongPdf } from '@twin/testing/fixtures/pdf';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type SpawnedServer, spawnServer } from './testing/spawn-server.ts';

let dataDir: string;
let server: SpawnedServer | undefined;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'twin-kill-'));
  await copyPreparedDataFolder(dataDir);
});

afterEach(async () => {
  await end('SIGKILL');
  await rm(dataDir, { recursive: true, force: true });
});

async function start(): Promise<void> {
  server = await spawnServer({ DATA_DIR: dataDir, LOG_LEVEL: 'warn' });
  if (server.origin === '') throw new Error(`The server did not start:\n${server.output()}`);
}

async function end(signal: NodeJS.Signals): Promise<number | null | undefined> {
  server?.process.kill(signal);
  const exitCode = await server?.exited;
  server = undefined;
  return exitCode;
}

/** Each document has a word of its own, so that a search tells which of them can be found. */
const words = ['quokka', 'axolotl', 'narwhal'];

function textOf(word: string, paragraphs = 330): string {
  const lines = Array.from(
    { length: paragraphs },
    (_, index) =>
      `The ${word} number ${index} was seen near lake ${index * 7}. It was calm, and ${word} watchers noted it.`,
  );
  return `# The ${word} report\n\n${lines.join('\n\n')}\n`;
}

async function upload(id: string, content: string | Uint8Array<ArrayBuffer>, fileName = `${id}.md`): Promise<void> {
  const query = new URLSearchParams({ fileName, id });
  const response = await fetch(`${server?.origin}/api/uploads?${query.toString()}`, { method: 'PUT', body: content });
  if (response.status !== 201) throw new Error(`${response.status}: ${await response.text()}`);
}

async function query<T>(path: string, input: unknown): Promise<T> {
  const response = await fetch(`${server?.origin}/api/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`);
  const body = (await response.json()) as { result: { data: T } };
  if (response.status !== 200) throw new Error(JSON.stringify(body));
  return body.result.data;
}

async function listDocuments(): Promise<DocumentView[]> {
  return (await query<{ documents: DocumentView[] }>('documents.list', {})).documents;
}

const order: IngestionStage[] = ['queued', 'reading', 'chunking', 'embedding', 'publishing', 'ready'];

/** Returns where each document stands, once the first has come to the stage or, where a stage is short, past it. */
async function untilStage(stage: IngestionStage): Promise<IngestionStage[]> {
  for (;;) {
    const stages = (await listDocuments()).map(({ ingestion }) => ingestion.stage);
    if (stages.some((reached) => order.indexOf(reached) >= order.indexOf(stage))) return stages;
  }
}

/** A document can be found only when it is published: first the search, so that one published meanwhile is no error. */
async function expectNothingHalfVisible(): Promise<void> {
  for (const word of words) {
    const { passages } = await query<{ passages: { documentId: string }[] }>('search.passages', { query: word });
    const searchable = new Set((await listDocuments()).filter((document) => document.searchable).map(({ id }) => id));
    expect(passages.filter(({ documentId }) => !searchable.has(documentId))).toEqual([]);
  }
}

async function untilAllReady(): Promise<DocumentView[]> {
  for (;;) {
    const documents = await listDocuments();
    if (documents.every(({ ingestion }) => ingestion.stage === 'ready')) return documents;
    const failed = documents.find(({ ingestion }) => ingestion.stage === 'failed');
    if (failed) throw new Error(`${failed.id} failed: ${failed.ingestion.error?.message}`);
    await expectNothingHalfVisible();
    await delay(250);
  }
}

async function readStored(): Promise<StoredDocument[]> {
  const database = await openDatabase({ home: 'embedded', dataDir });
  try {
    return await listStoredDocuments(database.db, mintTwinScope(LOCAL_TWIN_ID));
  } finally {
    await database.close();
  }
}

for (const stage of ['queued', 'reading', 'chunking', 'embedding', 'publishing'] as const) {
  test(`killed at ${stage}: what was acknowledged ends ready with exactly its chunks, nothing is half-visible`, async () => {
    await start();
    for (const word of words) await upload(word, textOf(word));
    const stages = await untilStage(stage);
    await end('SIGKILL');
    expect(stages).toContainEqual(expect.not.stringMatching('ready'));

    await start();
    expect((await listDocuments()).map(({ id }) => id).toSorted()).toEqual(words.toSorted());
    await expectNothingHalfVisible();
    const documents = await untilAllReady();
    for (const word of words) {
      const { passages } = await query<{ passages: { documentId: string }[] }>('search.passages', { query: word });
      expect(passages[0]?.documentId).toBe(word);
    }
    expect(await end('SIGTERM')).toBe(0);

    const counts = new Set(documents.map(({ ingestion }) => ingestion.chunkCount));
    // The texts differ in one word of about the same length: so must their chunks not.
    expect(Math.max(...[...counts].map(Number)) - Math.min(...[...counts].map(Number))).toBeLessThanOrEqual(5);
    for (const stored of await readStored()) {
      const { chunkCount } = documents.find(({ id }) => id === stored.id)?.ingestion ?? {};
      expect(chunkCount).toBeGreaterThan(10);
      expect(stored).toEqual({
        id: stored.id,
        chunks: chunkCount,
        firstOrdinal: 0,
        lastOrdinal: Number(chunkCount) - 1,
        vectors: chunkCount,
        files: 1,
      });
    }
  }, 120_000);
}

test('killed while a new version is embedded: the old one answers until the new one replaces it whole', async () => {
  await start();
  await upload('report', textOf('quokka', 20));
  await untilAllReady();
  await upload('report', textOf('narwhal'));
  for (;;) {
    const [report] = await listDocuments();
    if (report?.ingestion.versionNumber === 2 && report.ingestion.stage !== 'queued') break;
    await delay(2);
  }
  await end('SIGKILL');

  await start();
  for (;;) {
    const found = async (word: string) =>
      (await query<{ passages: { content: string }[] }>('search.passages', { query: word })).passages.filter(
        ({ content }) => content.includes(word),
      ).length;
    const before = await found('quokka');
    const after = await found('narwhal');
    // Asked in this order, an old passage that is gone means that the new version can be found.
    expect(before + after).toBeGreaterThan(0);
    if (after > 0) break;
    await delay(20);
  }
  await untilAllReady();
  expect(await end('SIGTERM')).toBe(0);
  const [stored] = await readStored();
  expect(stored?.vectors).toBe(stored?.chunks);
}, 120_000);

test('killed in the middle of an upload: what was not acknowledged is not there', async () => {
  await start();
  const sending = request(`${server?.origin}/api/uploads?fileName=half.md`, { method: 'PUT' });
  const cut = once(sending, 'error');
  sending.write(textOf('axolotl').repeat(40));
  await delay(500);
  await end('SIGKILL');
  await cut;

  await start();
  expect(await listDocuments()).toEqual([]);
  await upload('whole', textOf('axolotl', 20));
  expect((await untilAllReady()).map(({ id }) => id)).toEqual(['whole']);
}, 120_000);

test('reading a 500-page PDF delays no health check by 200 ms', async () => {
  await start();
  await fetch(`${server?.origin}/healthz`);
  await upload('long', makeLongPdf(500), 'long.pdf');
  let slowestMs = 0;
  for (let ready = false; !ready; ) {
    for (let calls = 0; calls < 25; calls++) {
      const askedAt = performance.now();
      const response = await fetch(`${server?.origin}/healthz`);
      expect(response.status).toBe(200);
      slowestMs = Math.max(slowestMs, performance.now() - askedAt);
      await delay(20);
    }
    const [document] = await listDocuments();
    expect(document?.ingestion.error ?? null).toBeNull();
    ready = document?.ingestion.stage === 'ready';
  }
  expect(slowestMs).toBeLessThan(200);
}, 180_000);
