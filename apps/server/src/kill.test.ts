import { request } from 'node:http';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import type { DocumentView } from '@twin/core/documents/document-view';
import { createBuiltinEmbedder } from '@twin/core/retrieval/builtin-embedder';
import type { DatabaseHandle } from '@twin/db/client';
import { LOCAL_TWIN_ID, mintTwinScope } from '@twin/db/scope';
import { listIngestionSteps, recordIngestion } from '@twin/db/testing/ingestion-record';
import { listStandings, type Standing } from '@twin/db/testing/list-standings';
import { listStoredChunks, type StoredChunk } from '@twin/db/testing/list-stored-chunks';
import { listStoredDocuments } from '@twin/db/testing/list-stored-documents';
import {
  holdInQueue,
  type PausePoint,
  pauseIngestion,
  releaseFromQueue,
  resumeIngestion,
} from '@twin/db/testing/pause-ingestion';
import { afterEach, beforeAll, beforeEach, chai, expect, test } from 'vitest';
import { createTestHome, type TestHome } from './testing/create-test-home.ts';
import { broken, earlier, files, late, sent } from './testing/files-in-flight.ts';
import { createLibraryClient, type LibraryClient } from './testing/library-client.ts';
import type { SpawnedServer } from './testing/spawn-server.ts';
import { createSpawnedServers } from './testing/spawned-servers.ts';
import {
  ingestInto,
  ingestUndisturbed,
  type StoredLibrary,
  storedLibrary,
  type TestFile,
} from './testing/undisturbed-library.ts';
import { untilPaused } from './testing/until-paused.ts';

/** More for a longer look: TEST_KILL_ROUNDS=10. Each is the whole test, on a database of its own. */
const rounds = Number(process.env['TEST_KILL_ROUNDS'] ?? 1);
/** A server is killed within so many milliseconds of being seen at a point, where it stands for longer. */
const KILL_DELAY_MS_MAX = 40;
/** And once at any moment, within so many milliseconds of being ready. */
const LIFE_MS_MAX = 2_000;

/** Each is met once, by whichever document comes there first, and leaves a version like that. */
const points: Partial<Record<PausePoint, Partial<Standing>>> = {
  recognition: { documentId: 'scan', stage: 'reading', textParts: 0 },
  'last text part': { stage: 'reading', textParts: 1 },
  reading: { stage: 'reading' },
  failing: { documentId: broken.id, stage: 'reading' },
  'next passages': { stage: 'chunking', passages: 100, vectors: 0 },
  chunking: { stage: 'chunking' },
  'next vectors': { stage: 'embedding', vectors: createBuiltinEmbedder().batchMax },
  embedding: { stage: 'embedding' },
  publishing: { stage: 'publishing' },
};

const servers = createSpawnedServers();
let libraries: StoredLibrary[];
let home: TestHome;
/** The log of acknowledgements. */
let acknowledged: Set<string>;
/** What is to be sent, and may have arrived without word of it. */
let unsent: TestFile[];
/** Looks that servers answered to their end before they were killed. */
let looksFinished: number;

beforeAll(async () => {
  libraries = await ingestUndisturbed([earlier, [...files, ...late]]);
}, 600_000);
beforeEach(async () => {
  home = await createTestHome({ isMigrated: true });
  acknowledged = new Set(earlier.map(({ id }) => id));
  unsent = [...late];
  looksFinished = 0;
});
afterEach(async () => {
  await servers.killAll();
  await home.remove();
});

async function upload(client: LibraryClient, { id, fileName, content }: TestFile): Promise<void> {
  await client.upload(id, content, fileName);
  acknowledged.add(id);
}

async function sendNext(client: LibraryClient): Promise<void> {
  const [next] = unsent;
  if (next === undefined) return;
  await upload(client, next);
  unsent.shift();
}

function expectAcknowledged(ids: readonly string[]): void {
  const unheard = unsent[0]?.id;
  expect(ids.filter((id) => id !== unheard).toSorted()).toEqual([...acknowledged].toSorted());
}

/** As visitors see it. First the searches, so that what is published meanwhile is no error. */
async function expectNothingHalfVisible(client: LibraryClient): Promise<void> {
  const searches = [await client.findPassages('seen near the lake'), await client.findPassages('zeppelin at its mast')];
  const documents = await client.listDocuments();
  expectAcknowledged(documents.map(({ id }) => id));
  const searchable = new Set(documents.filter((document) => document.searchable).map(({ id }) => id));
  expect(searches.flat().filter(({ documentId }) => !searchable.has(documentId))).toEqual([]);
  for (const { id } of earlier) {
    for (const passages of searches) {
      const own = passages.filter(({ documentId }) => documentId === id);
      expect(new Set(own.map(({ content }) => /quokka|narwhal/.exec(content)?.[0])).size).toBeLessThanOrEqual(1);
    }
    expect(searchable).toContain(id);
  }
}

/**
 * As the database holds it: of each document a search finds nothing or all that an undisturbed ingestion makes of it; of
 * one that is being replaced, all of either version. Returns how far each version has come.
 */
async function examine({ db }: DatabaseHandle): Promise<Standing[]> {
  const [before, after] = libraries;
  const chunks = await listStoredChunks(db);
  const standings = await listStandings(db);
  expectAcknowledged([...new Set(standings.map(({ documentId }) => documentId))]);
  for (const { id } of [...files, ...late]) {
    const former = chunksOf(id, before?.chunks);
    expect([former, chunksOf(id, after?.chunks)]).toContainEqual(chunksOf(id, chunks));
  }
  return standings;
}

function chunksOf(id: string, chunks: readonly StoredChunk[] = []): StoredChunk[] {
  return chunks.filter(({ documentId }) => documentId === id);
}

/** A server that is used until `end` resolves, and killed then. What that cuts off counts for nothing; what was seen does. */
async function liveUntil<T>(
  end: (ready: Promise<SpawnedServer>, signal: AbortSignal) => Promise<T>,
  use: (server: SpawnedServer) => Promise<void>,
): Promise<T> {
  const server = servers.launch(home.variables);
  const over = new AbortController();
  void server.exited.then(() => over.abort());
  const ended = end(server.ready, over.signal);
  const using = server.ready.then(use);
  try {
    return await Promise.race([ended, using.then(() => ended)]);
  } finally {
    await servers.end(server, 'SIGKILL');
    // What it waits for does not come any more, and it may have the database open.
    await Promise.allSettled([ended]);
    await using.catch((error: unknown) => {
      if (error instanceof chai.AssertionError) throw error;
    });
  }
}

async function lookAndSend(server: SpawnedServer): Promise<void> {
  const client = createLibraryClient(server);
  await expectNothingHalfVisible(client);
  looksFinished += 1;
  await sendNext(client);
}

/** An upload that the kill meets in its middle. */
async function beginUpload({ origin }: SpawnedServer): Promise<void> {
  const sending = request(`${origin}/api/uploads?fileName=half.md&id=half`, { method: 'PUT' });
  sending.on('error', () => undefined);
  // More than the sockets hold: when all of it is taken, the server has begun to store it.
  await new Promise((resolve) => sending.write('A half sentence. '.repeat(500_000), resolve));
}

function isOver({ ingestion: { stage } }: DocumentView): boolean {
  return stage === 'ready' || stage === 'failed';
}

test('killed at every stage with 20 documents in flight: each one acknowledged ends whole, and nothing else is seen', {
  timeout: 600_000,
  repeats: rounds - 1,
}, async ({ annotate }) => {
  await home.look(async (database) => {
    await ingestInto(database, earlier);
    await recordIngestion(database.db);
    await holdInQueue(database);
    await pauseIngestion(database, ['acceptance']);
  });
  const kills: string[] = [];
  const note = (at: string, standings: Standing[]) => {
    const inFlight = standings.filter(({ stage }) => stage !== 'ready' && stage !== 'failed').length;
    kills.push(`${at} (${inFlight})`);
    return inFlight;
  };
  const remaining = new Set(Object.keys(points) as PausePoint[]);

  await liveUntil(
    (_, signal) => untilPaused(home, ['acceptance'], { signal }),
    async (server) => {
      const client = createLibraryClient(server);
      for (const file of sent) await upload(client, file);
      await beginUpload(server);
      await sendNext(client);
    },
  );
  await home.look(async (database) => {
    const standings = await examine(database);
    expect(note('acceptance', standings)).toBe(sent.length);
    expect(standings.map(({ documentId }) => documentId)).not.toContain(unsent[0]?.id);
    await resumeIngestion(database, 'acceptance');
    await releaseFromQueue(database);
    await pauseIngestion(database, [...remaining]);
  });

  while (remaining.size > 0) {
    const point = await liveUntil(async (_, signal) => {
      const met = await untilPaused(home, [...remaining], { signal });
      await delay(Math.random() * KILL_DELAY_MS_MAX);
      return met;
    }, lookAndSend);
    remaining.delete(point);
    await home.look(async (database) => {
      const standings = await examine(database);
      note(point, standings);
      expect(standings).toContainEqual(expect.objectContaining(points[point]));
      await resumeIngestion(database, point);
    });
  }
  await liveUntil((ready) => ready.then(() => delay(Math.random() * LIFE_MS_MAX)), lookAndSend);
  await home.look(async (database) => note('any moment', await examine(database)));

  const server = await servers.start(home.variables);
  const client = createLibraryClient(server);
  while (unsent.length > 0) await sendNext(client);
  for (;;) {
    await expectNothingHalfVisible(client);
    const documents = await client.listDocuments();
    if (documents.every(isOver)) break;
    await delay(1_000);
  }
  const failed = (await client.listDocuments()).filter(({ ingestion }) => ingestion.stage === 'failed');
  const reason = { code: 'corrupt', message: expect.stringContaining('“broken.pdf” is damaged'), stage: 'reading' };
  expect(failed).toMatchObject([{ id: broken.id, ingestion: { error: reason } }]);
  expect(await servers.end(server, 'SIGTERM')).toBe(0);
  await home.look(expectWhole);
  expect(looksFinished).toBeGreaterThanOrEqual(1);
  await annotate(`killed at: ${kills.join(', ')}; looks finished before: ${looksFinished}`);
});

/** What is stored is what an undisturbed ingestion stores, and each stage and batch that was finished was done once. */
async function expectWhole({ db }: DatabaseHandle): Promise<void> {
  const whole = await storedLibrary({ db });
  expect(whole.texts).toEqual(libraries[1]?.texts);
  expect(whole.chunks).toEqual(libraries[1]?.chunks);
  expect(whole.words).toEqual(libraries[1]?.words);
  for (const stored of await listStoredDocuments(db, mintTwinScope(LOCAL_TWIN_ID))) {
    const isBroken = stored.id === broken.id;
    expect(stored).toMatchObject({ files: 1, chunks: stored.vectors, firstOrdinal: isBroken ? null : 0 });
  }
  const steps = await listIngestionSteps(db);
  const moves = steps.filter(({ from, to }) => from !== to && to !== 'replaced');
  // Of the broken one: out of the queue, and to its failure.
  expect(moves).toHaveLength((files.length + late.length) * 5 + 2);
  expect(new Set(moves.map(({ versionId, to }) => `${versionId} ${to}`)).size).toBe(moves.length);
  const { batchMax } = createBuiltinEmbedder();
  for (const { documentId, facts } of libraries[1]?.texts ?? []) {
    const total = Number(facts['chunk_count']);
    const grown = steps.filter((step) => step.documentId === documentId && step.vectors !== step.vectorsBefore);
    const batches = Array.from({ length: Math.ceil(total / batchMax) }, (_, n) => Math.min((n + 1) * batchMax, total));
    expect(grown.map(({ vectors }) => vectors)).toEqual(batches);
  }
}
