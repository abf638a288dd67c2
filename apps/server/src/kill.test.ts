import { once } from 'node:events';
import { request } from 'node:http';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import type { DocumentView } from '@twin/core/documents/document-view';
import type { DatabaseHandle } from '@twin/db/client';
import type { IngestionStage } from '@twin/db/schema';
import { LOCAL_TWIN_ID, mintTwinScope } from '@twin/db/scope';
import { isEndingStage, listIngestionSteps, recordIngestion } from '@twin/db/testing/ingestion-record';
import { listStoredChunks, listWordCounts, type StoredChunk } from '@twin/db/testing/list-stored-chunks';
import { listStoredDocuments } from '@twin/db/testing/list-stored-documents';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestHome, type TestHome } from './testing/create-test-home.ts';
import { createLibraryClient, type LibraryClient } from './testing/library-client.ts';
import type { SpawnedServer } from './testing/spawn-server.ts';
import { createSpawnedServers } from './testing/spawned-servers.ts';
import { ingestUndisturbed, type StoredLibrary, type TestFile } from './testing/undisturbed-library.ts';

/** More for a longer look: TEST_KILL_ROUNDS=10. Each is the whole test, on a database of its own. */
const rounds = Number(process.env['TEST_KILL_ROUNDS'] ?? 1);
/** A server is killed within so many milliseconds of being seen at a stage, which is drawn out for longer. */
const KILL_DELAY_MS_MAX = 40;
/** Looks are reads, of which a minute has 1,200. */
const LOOK_PAUSE_MS = 80;

const servers = createSpawnedServers();
let home: TestHome;
let server: SpawnedServer;
let client: LibraryClient;

beforeEach(async () => {
  home = await createTestHome({ isMigrated: true });
});

afterEach(async () => {
  await servers.killAll();
  await home.remove();
});

async function start(): Promise<void> {
  server = await servers.start(home.variables);
  client = createLibraryClient(server);
}

/** Each file has a word of its own, so that a search tells which of them can be found. */
function fileOf(n: number, word: string): TestFile {
  const isLong = n % 5 === 0;
  const lines = Array.from({ length: isLong ? 60 : 6 }, (_, line) => {
    return `The ${word}${n} number ${line} was seen near lake ${line * 7}. It was calm, and watchers noted it.`;
  });
  const id = `report-${n}`;
  const content = `# Report ${n}\n\n${lines.join('\n\n')}\n`;
  // Most of them plain: reading Markdown loads ten times the code.
  return { id, fileName: `${id}.${isLong ? 'md' : 'txt'}`, content };
}

const earlier = [0, 1].map((n) => fileOf(n, 'quokka'));
const files = Array.from({ length: 20 }, (_, n) => fileOf(n, 'narwhal'));
/** One that no try can read, in flight with the others. */
const broken: TestFile = { id: 'broken', fileName: 'broken.pdf', content: '%PDF-1.7 and then nothing' };
const isEarlier = (id: string) => earlier.some((file) => file.id === id);

function isOver({ ingestion: { stage } }: DocumentView): boolean {
  return stage === 'ready' || stage === 'failed';
}

async function untilReady(check: () => Promise<void> = async () => undefined): Promise<void> {
  for (;;) {
    const documents = await client.listDocuments();
    const failed = documents.find(({ id, ingestion }) => ingestion.stage === 'failed' && id !== broken.id);
    if (failed) throw new Error(`${failed.id} failed: ${failed.ingestion.error?.message}`);
    await check();
    if (documents.every(isOver)) return;
    await delay(1_000);
  }
}

/** Resolves when a document stands at the stage, or none can come to it any more. The embedded database shows its ends by marks alone. */
async function untilSeenAt(stage: IngestionStage): Promise<void> {
  const startedMs = Date.now();
  for (let isSeen = false; !isSeen; ) {
    const over = new AbortController();
    const isListed = client.listDocuments().then(async (documents) => {
      const isAt = documents.some(({ ingestion }) => ingestion.stage === stage);
      return isAt || documents.every(isOver) || (await delay(LOOK_PAUSE_MS, false));
    });
    isSeen = await Promise.race([isListed, isMarkedAt(stage, startedMs, over.signal)]).finally(() => over.abort());
  }
}

async function isMarkedAt(stage: IngestionStage, sinceMs: number, over: AbortSignal): Promise<boolean> {
  while (!over.aborted) {
    if (isEndingStage(home.variables['DATA_DIR'] ?? '', stage, sinceMs)) return true;
    await delay(5);
  }
  return false;
}

/** As visitors see it. First the search, so that what is published meanwhile is no error. */
async function expectNothingHalfVisible(): Promise<void> {
  const passages = await client.findPassages('seen near the lake');
  const documents = await client.listDocuments();
  const searchable = new Set(documents.filter((document) => document.searchable).map(({ id }) => id));
  expect(passages.filter(({ documentId }) => !searchable.has(documentId))).toEqual([]);
  for (const { id } of earlier) {
    const own = passages.filter(({ documentId }) => documentId === id);
    expect(new Set(own.map(({ content }) => /quokka|narwhal/.exec(content)?.[0])).size).toBeLessThanOrEqual(1);
    expect(searchable).toContain(id);
  }
}

/**
 * As the database holds it: of each document a search finds nothing or all that an undisturbed ingestion makes of it; of
 * one that is being replaced, all of either version. Returns the stages that documents were left at.
 */
async function examine({ db }: DatabaseHandle, [before, after]: readonly StoredLibrary[]): Promise<IngestionStage[]> {
  const chunks = await listStoredChunks(db);
  for (const { id } of files) {
    const found = chunksOf(id, chunks);
    const whole = [...(isEarlier(id) ? [chunksOf(id, before?.chunks)] : [[]]), chunksOf(id, after?.chunks)];
    expect(whole).toContainEqual(found);
  }
  const versions = await db.selectFrom('document_version').select('stage').execute();
  return versions.map(({ stage }) => stage);
}

function chunksOf(id: string, chunks: readonly StoredChunk[] = []): StoredChunk[] {
  return chunks.filter(({ documentId }) => documentId === id);
}

/** An upload that the kill meets in its middle. */
async function beginUpload(): Promise<{ cut: Promise<unknown> }> {
  const sending = request(`${server.origin}/api/uploads?fileName=half.md&id=half`, { method: 'PUT' });
  const cut = once(sending, 'error');
  // More than the sockets hold: when all of it is taken, the server has begun to store it.
  await new Promise((resolve) => sending.write('A half sentence. '.repeat(500_000), resolve));
  return { cut };
}

test('killed at every stage with 20 documents in flight: each one acknowledged ends whole, and nothing else is seen', {
  timeout: 600_000,
  repeats: rounds - 1,
}, async () => {
  const libraries = await ingestUndisturbed([earlier, files]);
  await home.look(async (database) => {
    // Long enough to be seen and killed on a busy machine.
    await recordIngestion(database, { drawnOutMs: 250, heldAtPublishing: '[5-9]$' });
  });
  await start();
  const acknowledged = new Set<string>();
  const upload = async ({ id, fileName, content }: TestFile) => {
    await client.upload(id, content, fileName);
    acknowledged.add(id);
  };
  const expectAcknowledged = async () => {
    const documents = await client.listDocuments();
    expect(documents.map(({ id }) => id).toSorted()).toEqual([...acknowledged].toSorted());
  };
  for (const file of earlier) await upload(file);
  await untilReady();
  for (const file of files.slice(0, 10)) await upload(file);
  await upload(broken);
  const { cut } = await beginUpload();
  await servers.end(server, 'SIGKILL');
  await cut;
  await start();
  await expectAcknowledged();
  for (const file of files.slice(10)) await upload(file);

  for (const stage of ['reading', 'chunking', 'embedding', 'publishing'] as const) {
    for (let isMet = false; !isMet; ) {
      await untilSeenAt(stage);
      await delay(Math.random() * KILL_DELAY_MS_MAX);
      await servers.end(server, 'SIGKILL');
      const stages = await home.look((database) => examine(database, libraries));
      isMet = stages.includes(stage);
      expect(isMet || stages.includes('queued')).toBe(true);
      await start();
      await expectAcknowledged();
      await expectNothingHalfVisible();
    }
  }
  await untilReady(expectNothingHalfVisible);
  const failed = (await client.listDocuments()).filter(({ ingestion }) => ingestion.stage === 'failed');
  const reason = { code: 'corrupt', message: expect.stringContaining('“broken.pdf” is damaged'), stage: 'reading' };
  expect(failed).toMatchObject([{ id: broken.id, ingestion: { error: reason } }]);
  expect(await servers.end(server, 'SIGTERM')).toBe(0);

  await home.look(async ({ db }) => {
    expect(await listStoredChunks(db)).toEqual(libraries[1]?.chunks);
    expect(await listWordCounts(db)).toEqual(libraries[1]?.words);
    for (const stored of await listStoredDocuments(db, mintTwinScope(LOCAL_TWIN_ID))) {
      expect(stored).toMatchObject({ files: 1, chunks: stored.vectors });
    }
    const moves = (await listIngestionSteps(db)).filter(({ from, to }) => from !== to && to !== 'replaced');
    // Of the broken one: out of the queue, and to its failure.
    expect(moves).toHaveLength((earlier.length + files.length) * 5 + 2);
    expect(new Set(moves.map(({ versionId, to }) => `${versionId} ${to}`)).size).toBe(moves.length);
  });
});
