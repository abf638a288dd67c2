import { cpus } from 'node:os';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { createBuiltinEmbedder } from '@twin/core/retrieval/builtin-embedder';
import { retrieve } from '@twin/core/retrieval/retrieve';
import { createTestDeps } from '@twin/core/testing/create-test-deps';
import { findNearestChunks } from '@twin/db/queries/search';
import { findSearchRange } from '@twin/db/queries/search-range';
import { findChunksByWords, wordMatches } from '@twin/db/queries/word-search';
import { askWords } from '@twin/db/testing/search-words';
import { sql } from 'kysely';
import { growLibrary } from './grow-library.ts';
import { openLibrary } from './open-library.ts';
import { makeQuestion } from './synthetic-text.ts';

/** What a search costs as a library grows, next to its parts and to the bare statements, in one run. */
const { values } = parseArgs({
  options: {
    server: { type: 'string' },
    database: { type: 'string' },
    sizes: { type: 'string', default: '5000,10000,20000' },
    questions: { type: 'string', default: '60' },
  },
});
const sizes = values.sizes.split(',').map(Number);
const questionCount = Number(values.questions);
const database = await openLibrary(values);
const { db, scope } = database;
const embedder = createBuiltinEmbedder();
const deps = createTestDeps(database, { embedder });
const modelId = 1;
/** As many passages as an answer asks for. */
const passagesMax = 30;

interface Case {
  name: string;
  call: (question: string, embedding: Float32Array) => Promise<unknown>;
}

const range = async () => await findSearchRange(db, scope, undefined);
const cases: Case[] = [
  { name: 'whole search', call: (question) => retrieve(deps, scope, { question, limit: passagesMax }) },
  {
    name: 'by words',
    call: async (question) => {
      const search = { ...(await askWords(db, scope, question)), range: await range(), limit: 50 };
      return await findChunksByWords(db, scope, search);
    },
  },
  {
    name: 'by words, all chunks',
    call: async (question) => {
      const search = { ...(await askWords(db, scope, question)), range: await range(), limit: 50 };
      return await wordMatches(scope, search).execute(db);
    },
  },
  {
    name: 'by meaning',
    call: async (_, embedding) =>
      await findNearestChunks(db, scope, { modelId, embedding, range: await range(), limit: 50 }),
  },
  {
    name: 'bare nearest 50',
    call: async (_, embedding) =>
      await sql`select chunk_id from chunk_embedding_1
        order by embedding <=> ${`[${embedding.join(',')}]`} limit 50`.execute(db),
  },
];

/**
 * In turns, so that whatever else the machine does falls on all cases alike, there and back: of two cases that read the same pages
 * the second finds them in the processor's cache.
 */
async function measure(size: number): Promise<Record<string, string | number>[]> {
  const latencies = new Map(cases.map(({ name }) => [name, new Array<number>()]));
  const questions = Array.from({ length: questionCount }, (_, index) => makeQuestion(index, size));
  const embeddings = await embedder.embed(questions, 'question');
  for (const [index, question] of [...questions.slice(0, 5), ...questions].entries()) {
    for (const { name, call } of index % 2 === 0 ? cases : cases.toReversed()) {
      const before = performance.now();
      await call(question, embeddings[Math.max(0, index - 5)] ?? new Float32Array());
      if (index >= 5) latencies.get(name)?.push(performance.now() - before);
    }
  }
  const quantile = (of: readonly number[], share: number) =>
    of.toSorted((a, b) => a - b)[Math.floor(share * (of.length - 1))] ?? Number.NaN;
  const bare = quantile(latencies.get('bare nearest 50') ?? [], 0.5);
  return [...latencies].map(([name, measured]) => ({
    chunks: size,
    name,
    'p50 ms': quantile(measured, 0.5).toFixed(1),
    'p95 ms': quantile(measured, 0.95).toFixed(1),
    'p50 × bare nearest': (quantile(measured, 0.5) / bare).toFixed(2),
  }));
}

/** The share of the exact 50 best, by words and by meaning, that a search finds. */
async function measureRecall(size: number): Promise<Record<string, string | number>> {
  const shares = { words: new Array<number>(), meaning: new Array<number>() };
  const whole = await range();
  for (let index = 0; index < questionCount; index += 1) {
    const question = makeQuestion(index, size);
    const search = { ...(await askWords(db, scope, question)), range: whole, limit: 50 };
    const exact = (await wordMatches(scope, search).execute(db)).rows;
    shares.words.push(shareOf(exact, await findChunksByWords(db, scope, search)));
    const [embedding = new Float32Array()] = await embedder.embed([question], 'question');
    const near = { modelId, embedding, limit: 50 };
    const all = await findNearestChunks(db, scope, { ...near, range: { ...whole, chunkCount: 0 } });
    shares.meaning.push(shareOf(all, await findNearestChunks(db, scope, { ...near, range: whole })));
  }
  const mean = (of: readonly number[]) => (of.reduce((sum, value) => sum + value, 0) / of.length).toFixed(3);
  const { rows } = await sql<{ words: string; keys: string; vectors: string }>`
    select pg_size_pretty(pg_total_relation_size('chunk_words')) as words,
      pg_size_pretty(pg_relation_size('chunk_words_keys')) as keys,
      pg_size_pretty(pg_total_relation_size('chunk_embedding_1')) as vectors`.execute(db);
  return { chunks: size, 'recall@50 words': mean(shares.words), 'recall@50 meaning': mean(shares.meaning), ...rows[0] };
}

function shareOf(exact: readonly { chunkId: number }[], found: readonly { chunkId: number }[]): number {
  const ids = new Set(found.map(({ chunkId }) => chunkId));
  return exact.length === 0 ? 1 : exact.filter(({ chunkId }) => ids.has(chunkId)).length / exact.length;
}

const latencies: Record<string, string | number>[] = [];
const recalls: Record<string, string | number>[] = [];
for (const size of sizes) {
  await growLibrary(database, embedder, size);
  latencies.push(...(await measure(size)));
  recalls.push(await measureRecall(size));
  process.stderr.write(`${size} chunks done\n`);
}
process.stdout.write(
  `Postgres ${database.serverVersion} (${database.home}), Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, ${questionCount} questions\n`,
);
console.table(latencies);
console.table(recalls);
await database.close();
