import { type FakeModelServer, startFakeModelServer } from '@twin/testing/fake-model-server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestHome, type TestHome } from './testing/create-test-home.ts';
import { createLibraryClient } from './testing/library-client.ts';
import type { SpawnedServer } from './testing/spawn-server.ts';
import { createSpawnedServers } from './testing/spawned-servers.ts';
import { createBatchingClient } from './testing/trpc-client.ts';

const servers = createSpawnedServers();
let home: TestHome;
let model: FakeModelServer;
let server: SpawnedServer;
let api: ReturnType<typeof createBatchingClient>;

beforeEach(async () => {
  home = await createTestHome({ isMigrated: true });
  model = await startFakeModelServer();
});

afterEach(async () => {
  await servers.killAll();
  await model.close();
  await home.remove();
});

const reportCount = 4;
const sectionsPerReport = 85;
/** Slow enough that a batch of 96 passages is under way when the server is killed. */
const msPerText = 15;
/** Words that a passage and a question share make vectors of one model alike; those of two models are alike by chance only. */
const similarityMin = 0.6;

const animalOf = (report: number, section: number) => `narwhal${report}x${section}`;

/** Every section is a passage about an animal of its own. */
function reportText(report: number): string {
  const sections = Array.from({ length: sectionsPerReport }, (_, section) => {
    const animal = animalOf(report, section);
    return `## Of ${animal}\n\n${Array.from({ length: 24 }, () => `The ${animal} swims by night.`).join(' ')}`;
  });
  return `# Report ${report}\n\n${sections.join('\n\n')}\n`;
}

async function start(embeddingModel: string): Promise<void> {
  const provider = { OPENAI_BASE_URL: model.baseUrl, OPENAI_API_KEY: 'sk-test', EMBEDDING_MODEL: embeddingModel };
  server = await servers.start({ ...home.variables, ...provider });
  api = createBatchingClient(server.origin);
}

async function fillLibrary(): Promise<void> {
  for (const policy of ['search', 'read'] as const) {
    await api.rateLimits.change.mutate({ policy, limit: 10_000, windowSeconds: 60 });
  }
  const client = createLibraryClient(server);
  for (let report = 0; report < reportCount; report += 1) {
    await client.upload(`report-${report}`, reportText(report), `report-${report}.md`);
  }
  const stages = async () => new Set((await client.listDocuments()).map(({ ingestion }) => ingestion.stage));
  await expect.poll(stages, { timeout: 120_000, interval: 500 }).toEqual(new Set(['ready']));
}

const overview = async () => await api.embeddingModels.overview.query();

/** Asks the server again and again what only the vectors of one and the same model find so near, until the server ends. */
function askAllTheWhile(): { end(signal: NodeJS.Signals): Promise<void>; asked: () => number } {
  const [asked, client] = [server, createBatchingClient(server.origin)];
  let isEnding = false;
  let count = 0;
  const ask = async (n: number) => {
    const animal = animalOf(n % reportCount, (7 * n) % sectionsPerReport);
    const { passages } = await client.search.passages.query({ query: `Which ${animal} swims by night?`, limit: 3 });
    expect(passages[0]?.content).toContain(animal);
    expect(passages[0]?.similarity).toBeGreaterThan(similarityMin);
    count += 1;
  };
  const asking = (async () => {
    // oxlint-disable-next-line no-unmodified-loop-condition -- ending the server changes it meanwhile
    for (let n = 0; !isEnding; n += 1) {
      await ask(n).catch((error: unknown) => {
        // What a killed server had begun to answer.
        if (!isEnding) throw error;
      });
    }
  })();
  // Told when the server is ended.
  asking.catch(() => undefined);
  return {
    asked: () => count,
    async end(signal) {
      isEnding = true;
      await servers.end(asked, signal);
      await asking;
      expect(count).toBeGreaterThan(0);
    },
  };
}

/** Passages that a model was asked to embed since a moment: each begins with its report's title. */
function passagesSent(name: string, since: number): string[] {
  const own = model.requests.filter(({ body, receivedAt }) => body['model'] === name && receivedAt >= since);
  return own
    .flatMap(({ body }) => [body['input'] as string | string[]].flat())
    .filter((text) => text.startsWith('Report'));
}

test('a change of the embedding model that is killed as it begins and in its middle goes on, and every question is answered', async () => {
  model.setDefault({ kind: 'answer', endpoint: 'embeddings', perModel: true });
  await start('first-model');
  await fillLibrary();
  await servers.end(server, 'SIGTERM');

  model.setDefault({ kind: 'answer', endpoint: 'embeddings', perModel: true, msPerText });
  await start('second-model');
  let life = askAllTheWhile();
  const { id } = await api.embeddingModels.change.mutate({ kind: 'switch' });
  await expect.poll(() => life.asked()).toBeGreaterThan(0);
  await life.end('SIGKILL');

  await start('second-model');
  life = askAllTheWhile();
  const embedded = async () => (await overview()).change?.embedded ?? 0;
  await expect.poll(embedded, { timeout: 60_000, interval: 50 }).toBeGreaterThan(0);
  const { models, change } = await overview();
  const chunks = models[0]?.chunks ?? 0;
  expect(change).toMatchObject({ id, state: 'running' });
  expect(change?.embedded).toBeLessThan(chunks);
  expect(models).toMatchObject([
    { name: 'first-model', state: 'active', shadowed: chunks },
    { name: 'second-model', state: 'building' },
  ]);
  await life.end('SIGKILL');

  const restarted = Date.now();
  await start('second-model');
  life = askAllTheWhile();
  const state = async () => (await overview()).change?.state;
  await expect.poll(state, { timeout: 120_000, interval: 250 }).toBe('done');
  const before = life.asked();
  await expect.poll(() => life.asked()).toBeGreaterThan(before + 10);
  expect(await overview()).toMatchObject({
    change: { id, state: 'done', error: null },
    models: [
      { name: 'first-model', state: 'retired', shadowed: chunks },
      { name: 'second-model', state: 'active', shadowed: chunks },
    ],
  });
  // It went on with what the first tries had not kept.
  expect(new Set(passagesSent('second-model', restarted)).size).toBeLessThanOrEqual(chunks - (change?.embedded ?? 0));
  await life.end('SIGTERM');
}, 400_000);
