import { randomInt } from 'node:crypto';
import { createBuiltinEmbedder } from '@twin/core/retrieval/builtin-embedder';
import { listAppliedMigrations, listPendingMigrations } from '@twin/db/migrate';
import { getDatabaseValue } from '@twin/db/queries/cache';
import { listIngestions } from '@twin/db/queries/ingestion-metadata';
import { getRateLimitCount } from '@twin/db/queries/rate-limits';
import { getVector } from '@twin/db/queries/vectors';
import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { type FakeUpstashServer, startFakeUpstashServer } from '@twin/testing/fake-upstash-server';
import type { FakeVector } from '@twin/testing/fake-upstash-vector';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { installationScope } from '../auth/authenticate.ts';
import { parseEnv } from '../env.ts';
import { createTestHome, type TestHome } from '../testing/create-test-home.ts';
import { createUpstashImport, upstashVariables } from '../testing/create-upstash-import.ts';
import { type CliRun, runCli } from '../testing/run-cli.ts';
import type { ImportReport } from './describe-import-result.ts';
import { importUpstash } from './import-upstash.ts';

const embedder = createBuiltinEmbedder();
/** For what opens a database by itself; of the tests that use it, the last alone writes there. */
let home: TestHome;
/** For the others. */
let database: TestDatabase;
let namespaces: Map<string, FakeVector[]>;
let upstash: FakeUpstashServer;
let variables: Record<string, string>;

beforeAll(async () => {
  home = await createTestHome();
  database = await createTestDatabase();
  namespaces = await createNamespaces();
});

beforeEach(async () => {
  const vectors = { dimension: 256, namespaces: structuredClone(namespaces), repeated: 7 };
  upstash = await startFakeUpstashServer({ vectors, redis: createKeys() });
  variables = { ...home.variables, ...upstashVariables(upstash) };
});

afterEach(() => upstash.close());

afterAll(async () => {
  await database.close();
  await home.remove();
});

/** 210 passages of 5 documents and one without text; 20 more in a namespace that uses ids of its own. */
async function createNamespaces(): Promise<Map<string, FakeVector[]>> {
  const texts = Array.from({ length: 210 }, (_none, n) => `Hive ${n % 5} holds comb ${n}, waxed in ${1800 + n}.`);
  const notes = Array.from({ length: 20 }, (_none, n) => `Note ${n} on weather: wind from ${n * 18} degrees.`);
  const vectors = await embedder.embed([...texts, ...notes], 'passage');
  const passages = texts.map((text, n) => ({
    id: `hive-${n % 5}-chunk-${Math.floor(n / 5)}`,
    vector: [...(vectors[n] ?? [])],
    data: text,
    metadata: { title: `Hive ${n % 5}`, source: `hive-${n % 5}.md`, author: 'Ada', weight: n / 7 },
  }));
  const ofNotes = notes.map((text, n) => ({
    id: `n${n}`,
    vector: [...(vectors[210 + n] ?? [])],
    metadata: { text, documentId: 'weather', chunkIndex: n },
  }));
  const textless = { id: 'textless', vector: [...(vectors[0] ?? [])] };
  return new Map([
    ['', [...passages, textless]],
    ['notes', ofNotes],
  ]);
}

function createKeys(): FakeUpstashServer['redis'] {
  const expiresAt = Date.now() + 3_600_000;
  return new Map([
    ...Array.from({ length: 600 }, (_none, n) => [`answer:${n}`, { value: `{"text":"${n}"}`, expiresAt }] as const),
    ['motto', { value: 'Festina lente' }],
    ['@upstash/ratelimit:user-1:29384756', { value: '7', expiresAt }],
    ['ingestion:call-1', { value: JSON.stringify({ userId: 'u', documents: ['hive-1'] }), expiresAt }],
    ['recent', { value: ['a', 'b'] }],
  ]);
}

test('a dry run shows rules, examples and what becomes of the vectors, and writes nothing', async () => {
  const pending = await home.look(async ({ db }) => listPendingMigrations(await listAppliedMigrations(db)));
  const { text, data } = await importUpstash(parseEnv(variables), { dryRun: true });
  expect(text).toContain('Vectors are taken over as they are');
  expect(text).toContain('hive-0-chunk-0 → hive-0-chunk-0, document “Hive 0”, fields title, source, author, weight');
  expect(text).toContain('n0 → notes/weather-chunk-0');
  expect(text).toContain('title: the first of metadata title');
  expect(text).toContain('@upstash/ratelimit:user-1:29384756 → rate limit user-1');
  expect(data).toMatchObject({ vectors: { embeddings: { action: 'keep' } }, keys: { keyCount: 604 } });
  await home.look(async ({ db }) => {
    expect(listPendingMigrations(await listAppliedMigrations(db))).toEqual(pending);
    if (pending.length > 0) return;
    expect(await db.selectFrom('document').select('id').execute()).toEqual([]);
    expect(await db.selectFrom('import_progress').select('source').execute()).toEqual([]);
  });
});

test('everything arrives once, past refusals, cuts and repeated pages; a second pass writes only what has changed', async () => {
  // The plan looks at two pages of vectors and one of keys. Faults meet its first request, and then the second page of each
  // kind that the import asks for.
  const met = { range: 0, scan: 0 };
  upstash.enqueue({ kind: 'status', status: 429, retryAfter: '0.05' });
  upstash.beforeAnswer = (operation) => {
    if (operation !== 'range' && operation !== 'scan') return;
    met[operation] += 1;
    if (met[operation] !== (operation === 'range' ? 4 : 3)) return;
    upstash.enqueue(
      { kind: 'cut' },
      { kind: 'status', status: 503 },
      { kind: 'status', status: 429, retryAfter: '0.05' },
    );
  };
  const { db } = database;
  const twin = await createUpstashImport(database);
  const first = await twin.run(upstash);
  expect(first.report.namespaces.map(({ verdict }) => verdict)).toMatchObject([
    { outcomes: { passage: 210, 'skipped: no text': 1 }, countsMatch: true, different: [], passed: true },
    { namespace: 'notes', outcomes: { passage: 20 }, sampled: 20, different: [], overlap: 1, passed: true },
  ]);
  expect(first.report.keys?.verdict).toMatchObject({
    outcomes: { cache: 601, 'rate limit': 1, ingestion: 1, 'skipped: list': 1 },
    different: [],
    passed: true,
  });
  expect(first.exitCode).toBe(0);
  expect(first.text).toContain('To cut over:');
  expect(await getVector(db, twin.scope, 'hive-3-chunk-2')).toMatchObject({
    content: 'Hive 3 holds comb 13, waxed in 1813.',
    metadata: { title: 'Hive 3', source: 'hive-3.md', author: 'Ada', documentId: 'hive-3' },
  });
  expect(await getDatabaseValue(db, twin.scope, 'answer:599')).toBe('{"text":"599"}');
  expect(await getDatabaseValue(db, twin.scope, 'motto')).toBe('Festina lente');
  expect(await getRateLimitCount(db, twin.scope, 'user-1')).toBe(7);
  expect(await listIngestions(db, twin.scope, 10)).toMatchObject([{ id: 'call-1', user_id: 'u', document_count: 1 }]);

  const [passages = []] = upstash.vectors.namespaces.values();
  const [, second] = passages.splice(0, 2);
  passages.push({ ...second!, data: 'Hive 1 is empty now.' });
  upstash.redis.set('answer:0', { value: 'new', expiresAt: Date.now() + 3_600_000 });
  const delta = await twin.run(upstash);
  expect(upstash.writes, 'the source is never written to').toEqual([]);
  expect(delta.report.namespaces).toMatchObject([
    { pass: { pass: 2, written: 1, deleted: 1 }, verdict: { passed: true } },
    { pass: { pass: 2, written: 0, deleted: 0 }, verdict: { passed: true } },
  ]);
  expect(await getVector(db, twin.scope, 'hive-0-chunk-0')).toBeUndefined();
  expect(await getVector(db, twin.scope, 'hive-1-chunk-0')).toMatchObject({ content: 'Hive 1 is empty now.' });
  expect(await getDatabaseValue(db, twin.scope, 'answer:0')).toBe('new');
}, 120_000);

test('vectors of another model are computed anew, and say so', async () => {
  for (const vectors of upstash.vectors.namespaces.values()) {
    for (const vector of vectors) vector.vector.reverse();
  }
  const twin = await createUpstashImport(database);
  const { report, text } = await twin.run(upstash);
  expect(report.namespaces[1]?.verdict).toMatchObject({ outcomes: { passage: 20 }, overlap: null, passed: true });
  expect(text).toContain('not compared, the vectors were computed anew');
}, 120_000);

test('a wrong token, and nobody to ask, end with what to do', async () => {
  const refused = importUpstash(parseEnv({ ...variables, UPSTASH_VECTOR_REST_TOKEN: 'x' }), { yes: true });
  await expect(refused).rejects.toThrow(/UPSTASH_VECTOR_REST_TOKEN/);
  const unasked = await runCli(['import', 'upstash'], variables).ended;
  expect(unasked.code).toBe(1);
  expect(unasked.stderr).toContain('run it again with --yes');
}, 60_000);

async function ended(run: CliRun): Promise<void> {
  await run.ended;
}

/** Runs the import until it asks for the nth page of a kind, which it is not given, and kills it some time later. */
async function runUntilKilled({ operation, page, delayMs }: { operation: string; page: number; delayMs: number }) {
  const run = runCli(['import', 'upstash', '--yes', '--json'], variables);
  let pages = 0;
  upstash.beforeAnswer = (asked) => {
    if (asked !== operation) return undefined;
    pages += 1;
    if (pages === page) setTimeout(() => run.process.kill('SIGKILL'), delayMs);
    return pages > page || (pages === page && delayMs === 0) ? ended(run) : undefined;
  };
  expect(await run.ended).toMatchObject({ code: null });
  upstash.beforeAnswer = () => undefined;
}

async function runToTheEnd(): Promise<ImportReport> {
  const { stdout, code } = await runCli(['import', 'upstash', '--yes', '--json'], variables).ended;
  expect({ code, report: JSON.parse(stdout) as unknown }).toMatchObject({ code: 0, report: { keys: {} } });
  return JSON.parse(stdout) as ImportReport;
}

async function listProgress() {
  return await home.look(
    async ({ db }) =>
      await db.selectFrom('import_progress').select(['pass', 'cursor', 'done']).orderBy('source').execute(),
  );
}

test('killed at any page it goes on there, and ends as if nothing had happened', async () => {
  // The plan asks for two pages of vectors and one of keys before the import does for its first.
  await runUntilKilled({ operation: 'range', page: 4, delayMs: 0 });
  const [stored] = await listProgress();
  expect(stored).toMatchObject({ pass: 1, cursor: expect.stringMatching(/./), done: false });
  await runUntilKilled({ operation: 'scan', page: 3, delayMs: 0 });
  expect((await listProgress()).map(({ pass, done }) => ({ pass, done }))).toEqual([
    { pass: 1, done: false },
    { pass: 1, done: true },
    { pass: 1, done: true },
  ]);
  const report = await runToTheEnd();
  expect(report.namespaces.map(({ pass, verdict }) => [pass.written, verdict.outcomes, verdict.passed])).toEqual([
    [0, { passage: 210, 'skipped: no text': 1 }, true],
    [0, { passage: 20 }, true],
  ]);
  expect(report.keys).toMatchObject({ pass: { pass: 1 }, verdict: { outcomes: { cache: 601 }, passed: true } });

  // The same in the pass before the cut-over, with a change on its last page, at some instant while its first is stored.
  const [passages = []] = upstash.vectors.namespaces.values();
  passages[209] = { ...passages[209]!, data: 'The last hive is empty now.' };
  upstash.redis.set('motto', { value: 'Festina' });
  await runUntilKilled({ operation: 'range', page: 3, delayMs: randomInt(1, 100) });
  const delta = await runToTheEnd();
  expect(delta.keys).toMatchObject({ pass: { pass: 2 }, verdict: { passed: true } });
  expect(delta.namespaces.map(({ verdict }) => verdict.passed)).toEqual([true, true]);
  expect(upstash.writes, 'the source is never written to').toEqual([]);
  await home.look(async ({ db }) => {
    const chunks = await db.selectFrom('chunk').select(['vector_id', 'content']).execute();
    expect(new Set(chunks.map((chunk) => chunk.vector_id)).size).toBe(230);
    expect(chunks.length).toBe(230);
    expect(chunks.map(({ content }) => content)).toContain('The last hive is empty now.');
    expect(await getDatabaseValue(db, installationScope, 'motto')).toBe('Festina');
  });
}, 240_000);
