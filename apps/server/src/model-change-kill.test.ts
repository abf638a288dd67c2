import { type FakeModelServer, startFakeModelServer } from '@twin/testing/fake-model-server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ChatAnswer } from './rest/chat.ts';
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
const msPerText = 25;
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
  for (const policy of ['search', 'read', 'write', 'chat'] as const) {
    await api.rateLimits.change.mutate({ policy, limit: 10_000, windowSeconds: 60 });
  }
  const client = createLibraryClient(server);
  for (let report = 0; report < reportCount; report += 1) {
    await client.upload(`report-${report}`, reportText(report), `report-${report}.md`);
  }
  const stages = async () => new Set((await client.listDocuments()).map(({ ingestion }) => ingestion.stage));
  await expect.poll(stages, { timeout: 120_000, interval: 500 }).toEqual(new Set(['ready']));
}

type Client = ReturnType<typeof createBatchingClient>;
type Kind = 'searched' | 'answered' | 'quoted';
const persona = { name: 'Ada', bio: '', tone: '', person: 'first', strictness: 'strict' } as const;

const overview = async () => await api.embeddingModels.overview.query();

/** No question twice: an equal one would get its earlier answer. */
let questionCount = 0;

/** Finds what only the vectors of one and the same model find so near. */
async function search(client: Client, n: number): Promise<Kind> {
  const animal = animalOf(n % reportCount, (7 * n) % sectionsPerReport);
  const { passages } = await client.search.passages.query({ query: `Which ${animal} swims by night?`, limit: 3 });
  expect(passages[0]?.content).toContain(animal);
  expect(passages[0]?.similarity).toBeGreaterThan(similarityMin);
  return 'searched';
}

/** Of two questions a model answers one; for the other the tokens of the day are used up, so that it is quoted. */
async function ask(client: Client, origin: string): Promise<Kind> {
  const n = questionCount++;
  const outcome = n % 2 === 0 ? 'answered' : 'quoted';
  await client.twin.updateSettings.mutate({ persona, dailyTokensMax: outcome === 'answered' ? null : 1 });
  const animal = animalOf(n % reportCount, (11 * n) % sectionsPerReport);
  const body = JSON.stringify({ messages: [{ role: 'user', content: `Which ${animal} swims by night?` }] });
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${origin}/api/chat`, { method: 'POST', headers, body });
  expect(response.status).toBe(200);
  const answer = (await response.json()) as ChatAnswer;
  expect(answer).toMatchObject({ outcome, unsupported: [], message: { content: expect.stringContaining(animal) } });
  expect(answer.citations[0]?.quote).toContain(animal);
  for (const { documentId, versionId, quote, startOffset, endOffset } of answer.citations) {
    const place = { versionId, startOffset, endOffset, radius: 0 };
    const { text, offset } = await client.documents.passage.query({ id: documentId, ...place });
    expect(text.slice(startOffset - offset, endOffset - offset)).toBe(quote);
  }
  return outcome;
}

/** Searches and asks again and again, side by side, until the server ends. */
function askAllTheWhile() {
  const [asked, client] = [server, createBatchingClient(server.origin)];
  const counts = { searched: 0, answered: 0, quoted: 0 };
  let isEnding = false;
  const repeat = async (step: (n: number) => Promise<Kind>) => {
    // oxlint-disable-next-line no-unmodified-loop-condition -- ending the server changes it meanwhile
    for (let n = 0; !isEnding; n += 1) {
      try {
        counts[await step(n)] += 1;
      } catch (error) {
        // What a killed server had begun to answer.
        if (!isEnding) throw error;
      }
    }
  };
  const asking = Promise.all([repeat((n) => search(client, n)), repeat(() => ask(client, asked.origin))]);
  let hasFailed = false;
  asking.catch(() => (hasFailed = true));
  return {
    /** Resolves when each kind has been answered so many times more, or at once when one was answered wrong. */
    async hear(times: number): Promise<void> {
      const before = { ...counts };
      const isHeard = () => (Object.keys(counts) as Kind[]).every((kind) => counts[kind] - before[kind] >= times);
      await expect.poll(() => hasFailed || isHeard(), { timeout: 60_000, interval: 50 }).toBe(true);
      if (hasFailed) await asking;
    },
    async end(signal: NodeJS.Signals): Promise<void> {
      isEnding = true;
      await servers.end(asked, signal);
      await asking;
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

test('a change of the embedding model that is killed as it begins and in its middle goes on and back, and every question is answered well', async () => {
  model.setDefault({ kind: 'answer', endpoint: 'embeddings', perModel: true });
  await start('first-model');
  await fillLibrary();
  await servers.end(server, 'SIGTERM');

  model.setDefault({ kind: 'answer', endpoint: 'embeddings', perModel: true, msPerText });
  await start('second-model');
  let life = askAllTheWhile();
  await life.hear(1);
  const { id } = await api.embeddingModels.change.mutate({ kind: 'switch' });
  await life.end('SIGKILL');

  await start('second-model');
  life = askAllTheWhile();
  await life.hear(1);
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
  await life.hear(5);
  expect(await overview()).toMatchObject({
    change: { id, state: 'done', error: null },
    models: [
      { name: 'first-model', state: 'retired', shadowed: chunks },
      { name: 'second-model', state: 'active', shadowed: chunks },
    ],
  });
  // It went on with what the first tries had not kept.
  expect(new Set(passagesSent('second-model', restarted)).size).toBeLessThanOrEqual(chunks - (change?.embedded ?? 0));

  const back = await api.embeddingModels.change.mutate({ kind: 'rollback' });
  await expect.poll(state, { timeout: 120_000, interval: 250 }).toBe('done');
  await life.hear(5);
  expect(await overview()).toMatchObject({
    change: { id: back.id, state: 'done', error: null },
    models: [
      { name: 'first-model', state: 'active', shadowed: chunks },
      { name: 'second-model', state: 'retired', shadowed: chunks },
    ],
  });
  await life.end('SIGTERM');
}, 600_000);
