import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { receiveUpload } from '@twin/core/documents/receive-upload';
import { createIngestionDeps, inParts } from '@twin/core/testing/ingestion-deps';
import type { DatabaseHandle } from '@twin/db/client';
import { LOCAL_TWIN_ID, mintTwinScope } from '@twin/db/scope';
import { type IngestionStep, listIngestionSteps, recordIngestion } from '@twin/db/testing/ingestion-record';
import { listStoredDocuments } from '@twin/db/testing/list-stored-documents';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLogger } from './adapters/pino-logger.ts';
import { openJobs } from './jobs/open-jobs.ts';
import { createTestHome, type TestHome } from './testing/create-test-home.ts';
import type { SpawnedServer } from './testing/spawn-server.ts';
import { createSpawnedServers } from './testing/spawned-servers.ts';

/** The embedded database belongs to one process. */
const canShare = Boolean(process.env['TEST_DATABASE_URL']);
const documentCount = 200;
const scope = mintTwinScope(LOCAL_TWIN_ID);
const servers = createSpawnedServers();
let home: TestHome;

beforeEach(async () => {
  home = await createTestHome({ isMigrated: true });
});

afterEach(async () => {
  await servers.killAll();
  await home.remove();
});

/** Queues documents as a server does: every stage of each is left to be done. */
async function queueDocuments(database: DatabaseHandle): Promise<void> {
  const jobs = await openJobs(database, createLogger({ level: 'silent', forPerson: false }), 2);
  const deps = createIngestionDeps({ ...database, scope, close: database.close }, { jobs: jobs.queue });
  for (let n = 0; n < documentCount; n += 1) {
    const content = inParts(`Note ${n} says that kettle ${n * 7} whistles at noon.`);
    const file = { documentId: `note-${n}`, fileName: `note-${n}.txt`, mediaType: null, content };
    await receiveUpload(deps, scope, { ...file, origin: 'upload' });
  }
  await jobs.stop();
}

/** With a name by which the database knows whose connection did what. */
function variablesOf(name: string): Record<string, string> {
  const url = new URL(home.variables['DATABASE_URL'] ?? '');
  url.searchParams.set('application_name', name);
  return { ...home.variables, DATABASE_URL: url.toString() };
}

async function listSteps(): Promise<IngestionStep[]> {
  return (await home.look(({ db }) => listIngestionSteps(db))).filter(({ by }) => by === 'first' || by === 'second');
}

/** Stops the server's process with a document in hand. What it had sent to the database by then is done first. */
async function freezeAtWork(server: SpawnedServer): Promise<void> {
  const countOwn = async () => (await listSteps()).filter(({ by }) => by === 'first').length;
  for (;;) {
    server.process.kill('SIGSTOP');
    for (let known = -1, seen = await countOwn(); seen !== known; [known, seen] = [seen, await countOwn()])
      await delay(200);
    if (unfinishedOf('first', await listSteps()).size > 0) return;
    server.process.kill('SIGCONT');
    await delay(50);
  }
}

async function untilReady(count: number): Promise<void> {
  await home.look(async ({ db }) => {
    for (;;) {
      const versions = await db.selectFrom('document_version').select(['stage', 'error_message']).execute();
      expect(versions.filter(({ stage }) => stage === 'failed')).toEqual([]);
      if (versions.filter(({ stage }) => stage === 'ready').length >= count) return;
      await delay(20);
    }
  });
}

test.skipIf(!canShare)(
  'two servers share 200 documents: none is done twice, and none is lost when one of them is killed',
  async () => {
    await home.look(async (database) => {
      await queueDocuments(database);
      // The jobs of both servers are done to the record's end; what the test did before is no part of it.
      await recordIngestion(database.db);
    });
    const [first] = await Promise.all([servers.start(variablesOf('first')), servers.start(variablesOf('second'))]);
    await untilReady(60);
    await freezeAtWork(first);
    await servers.end(first, 'SIGKILL');
    const inHand = unfinishedOf('first', await listSteps());
    await untilReady(documentCount);

    const steps = await listSteps();
    const moves = steps.filter(({ from, to }) => from !== to);
    const done = moves.filter(({ to }) => to === 'ready');
    expect(new Set(done.map(({ documentId }) => documentId)).size).toBe(documentCount);
    // Each step of each document was taken once, by one server or the other.
    expect(new Set(moves.map(({ documentId, to }) => `${documentId} ${to}`)).size).toBe(moves.length);
    expect(new Set(done.map(({ by }) => by))).toEqual(new Set(['first', 'second']));
    // Taken up again was only what the dead one had in hand.
    expect(timesBegun(steps).filter(({ times, documentId }) => times > 1 && !inHand.has(documentId))).toEqual([]);
    expect(inHand.size).toBeGreaterThanOrEqual(1);
    expect(inHand.size).toBeLessThanOrEqual(2);
    await home.look(async ({ db }) => {
      const stored = await listStoredDocuments(db, scope);
      expect(stored).toHaveLength(documentCount);
      for (const document of stored) expect(document).toMatchObject({ chunks: 1, vectors: 1, files: 1 });
    });
  },
  600_000,
);

function unfinishedOf(server: string, steps: readonly IngestionStep[]): Set<string> {
  const own = steps.filter(({ by }) => by === server);
  const finished = new Set(own.filter(({ to }) => to === 'ready').map(({ documentId }) => documentId));
  return new Set(own.map(({ documentId }) => documentId).filter((id) => !finished.has(id)));
}

/** A job begins with an attempt at the stage where the document stands, or with its first step out of the queue. */
function timesBegun(steps: readonly IngestionStep[]): { documentId: string; times: number }[] {
  const begun = steps.filter(({ from, to, vectorsBefore, vectors }) => {
    return from === 'queued' || (from === to && vectors === vectorsBefore);
  });
  const ids = new Set(begun.map(({ documentId }) => documentId));
  return [...ids].map((documentId) => ({
    documentId,
    times: begun.filter((step) => step.documentId === documentId).length,
  }));
}
