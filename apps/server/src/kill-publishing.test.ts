import { setTimeout as delay } from 'node:timers/promises';
import { LOCAL_TWIN_ID, mintTwinScope } from '@twin/db/scope';
import { listStoredChunks } from '@twin/db/testing/list-stored-chunks';
import { listStoredDocuments } from '@twin/db/testing/list-stored-documents';
import { pauseIngestion, resumeIngestion } from '@twin/db/testing/pause-ingestion';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestHome, type TestHome } from './testing/create-test-home.ts';
import { createLibraryClient } from './testing/library-client.ts';
import { createSpawnedServers } from './testing/spawned-servers.ts';
import { ingestUndisturbed, storedLibrary, type TestFile } from './testing/undisturbed-library.ts';
import { untilPaused } from './testing/until-paused.ts';

const servers = createSpawnedServers();
let home: TestHome;

beforeEach(async () => {
  home = await createTestHome({ isMigrated: true });
});
afterEach(async () => {
  await servers.killAll();
  await home.remove();
});

function reportOn(animal: string): TestFile {
  const content = Array.from({ length: 20 }, (_, n) => `The ${animal} number ${n} was seen near lake ${n}.`).join(
    '\n\n',
  );
  return { id: 'report', fileName: 'report.txt', content };
}
const [before, after] = [reportOn('quokka'), reportOn('narwhal')];

async function start() {
  const server = await servers.start(home.variables);
  const client = createLibraryClient(server);
  const upload = async ({ id, content, fileName }: TestFile) => await client.upload(id, content, fileName);
  const untilReady = async (versionNumber: number) => {
    for (;;) {
      const [document] = await client.listDocuments();
      if (document?.ingestion.stage === 'ready' && document.ingestion.versionNumber === versionNumber) return;
      await delay(200);
    }
  };
  return { server, client, upload, untilReady };
}

test.each([
  { step: 'first', point: 'publishing' },
  { step: 'last', point: 'published' },
] as const)(
  'killed within the transaction that publishes, at its $step statement: the version before answers, and the next start publishes',
  async ({ point }) => {
    const [old, renewed] = await ingestUndisturbed([[before], [after]]);
    const first = await start();
    await first.upload(before);
    await first.untilReady(1);
    await servers.end(first.server, 'SIGTERM');
    await home.look((database) => pauseIngestion(database, [point]));

    const second = await start();
    await second.upload(after);
    await untilPaused(home, [point]);
    await servers.end(second.server, 'SIGKILL');
    await home.look(async (database) => {
      expect(await listStoredChunks(database.db)).toEqual(old?.chunks);
      const stages = await database.db.selectFrom('document_version').select('stage').orderBy('id').execute();
      expect(stages.map(({ stage }) => stage)).toEqual(['ready', 'publishing']);
      await resumeIngestion(database, point);
    });

    const third = await start();
    await third.untilReady(2);
    const passages = await third.client.findPassages('seen near the lake');
    expect(passages.filter(({ content }) => content.includes('quokka'))).toEqual([]);
    await servers.end(third.server, 'SIGTERM');
    await home.look(async ({ db }) => {
      expect(await storedLibrary({ db })).toEqual(renewed);
      const [stored] = await listStoredDocuments(db, mintTwinScope(LOCAL_TWIN_ID));
      expect(stored).toMatchObject({ files: 1, chunks: stored?.vectors });
    });
  },
  180_000,
);
