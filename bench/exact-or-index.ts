import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { createBuiltinEmbedder } from '@twin/core/retrieval/builtin-embedder';
import type { Db } from '@twin/db/db';
import { findNearestChunks } from '@twin/db/queries/search';
import { createEmbeddedTestDatabase } from '@twin/db/testing/embedded-test-database';
import { insertEmbeddings } from '@twin/db/testing/insert-embeddings';
import { createServerTestDatabase } from '@twin/db/testing/server-test-database';
import { vectorText } from '@twin/db/vector';
import { sql } from 'kysely';
import { takeTurns, toRows } from './take-turns.ts';
import { CHUNKS_PER_DOCUMENT, insertDocuments, registerBareModel } from './vectors/fill-library.ts';
import { recallOf, type Search } from './vectors/sweep-ef-search.ts';

/**
 * Comparing all vectors beside asking an index, of real texts and as the product does both, as a library grows. On a server
 * the index is there from the start, as the product makes it; embedded, where it makes none, one is built at each size.
 */
const { values } = parseArgs({
  options: {
    texts: { type: 'string' },
    server: { type: 'string' },
    sizes: { type: 'string', default: '1000,2000,5000,10000,20000,50000' },
  },
});
if (values.texts === undefined) {
  process.stderr.write(
    'Usage: node bench/exact-or-index.ts --texts <one JSON string a line> [--server postgres://…] [--sizes 5000,20000]\n',
  );
  process.exit(2);
}
/** The questions are texts of the same kinds that are in no library: sentences, and what a dictionary says of a word. */
const questionCount = 200;
const questionCharactersMax = 200;
const neighbours = 10;
const batch = 500;
/** Rows put in one by one, to time them. */
const timedRows = 100;

const sizes = values.sizes.split(',').map(Number);
const embedder = createBuiltinEmbedder();
const dimensions = embedder.dimensions ?? 0;
const { passages, questions } = readTexts(values.texts, Math.max(...sizes) + 2 * timedRows * sizes.length);
const database = await (values.server === undefined
  ? createEmbeddedTestDatabase()
  : createServerTestDatabase(values.server));
const { db, scope, home } = database;
const { id: modelId } = await registerBareModel(database, { name: 'texts', dimensions, isIndexed: true });

function readTexts(file: string, count: number): { passages: string[]; questions: string[] } {
  const texts = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as string);
  const step = Math.floor(texts.length / questionCount / 4);
  const asked = texts.filter((text, n) => n % step === 0 && text.length <= questionCharactersMax);
  const held = new Set(asked.slice(0, questionCount));
  const rest = texts.filter((text) => !held.has(text)).slice(0, count);
  if (rest.length < count) throw new Error(`${count} texts are needed, and ${rest.length} are there.`);
  return { passages: rest, questions: [...held] };
}

/** The product's search, told that there are few vectors, which it compares, or many, for which it asks the index. */
function product(session: Db, chunkCount: number): Search {
  const range = { filter: undefined, chunkCount, libraryChunkCount: chunkCount };
  return async (embedding) => {
    const found = await findNearestChunks(session, scope, { modelId, embedding, range, limit: neighbours });
    return found.map(({ chunkId }) => chunkId);
  };
}

/** The same by an index that the product does not make. */
const byOwnIndex: Search = async (embedding) => {
  const { rows } = await sql<{ id: number }>`
    select chunk_id as id from indexed where twin_id = ${scope.twinId}
    order by embedding <=> ${vectorText(embedding)} limit ${sql.lit(neighbours)}`.execute(db);
  return rows.map(({ id }) => id);
};

let filled = 0;
async function insert(count: number, each: number): Promise<number> {
  const started = performance.now();
  let embeddingMs = 0;
  for (const end = filled + count; filled < end; ) {
    const from = filled;
    filled = Math.min(end, from + each);
    const before = performance.now();
    const vectors = await embedder.embed(passages.slice(from, filled), 'passage');
    embeddingMs += performance.now() - before;
    const rows = vectors.map((embedding, n) => ({
      chunkId: from + n,
      versionId: Math.floor((from + n) / CHUNKS_PER_DOCUMENT),
      embedding,
    }));
    await insertEmbeddings(db, scope, modelId, rows);
  }
  return (performance.now() - started - embeddingMs) / count;
}

async function settle(): Promise<void> {
  await sql`vacuum analyze ${sql.table(`chunk_embedding_${modelId}`)}`.execute(db);
}

/** How long an index takes to build over what is there, and each row from then on beside one without. */
async function buildOwnIndex(): Promise<Record<string, string>> {
  await sql`drop table if exists indexed`.execute(db);
  await sql`create table indexed as table ${sql.table(`chunk_embedding_${modelId}`)}`.execute(db);
  const started = performance.now();
  await sql`create index on indexed using hnsw (embedding vector_cosine_ops)`.execute(db);
  const buildMs = performance.now() - started;
  const latest = filled;
  const without = await insert(timedRows, 1);
  const copied = performance.now();
  for (let id = latest; id < filled; id += 1) {
    await sql`insert into indexed select * from ${sql.table(`chunk_embedding_${modelId}`)} where chunk_id = ${id}`.execute(
      db,
    );
  }
  const withIndex = (performance.now() - copied) / timedRows;
  await sql`vacuum analyze indexed`.execute(db);
  return {
    'build s': (buildMs / 1000).toFixed(1),
    'a row, index': `${withIndex.toFixed(1)} ms`,
    'a row, none': `${without.toFixed(1)} ms`,
  };
}

async function measureAt(size: number, asked: readonly Float32Array[]): Promise<Record<string, string | number>> {
  await insert(size - filled, batch);
  const built = home === 'embedded' ? await buildOwnIndex() : {};
  await settle();
  const exact = product(db, 1);
  if (home === 'embedded') return { ...(await compare(byOwnIndex, exact, asked)), ...built };
  return await db.connection().execute(async (session) => {
    // Left to itself the planner compares all of a small table whatever it is asked; only the index gives them in order.
    await sql`set enable_sort = off`.execute(session);
    const measured = await compare(product(session, 1_000_000), exact, asked);
    await sql`reset enable_sort`.execute(session);
    return measured;
  });
}

async function compare(
  index: Search,
  exact: Search,
  asked: readonly Float32Array[],
): Promise<Record<string, string | number>> {
  const at = (search: Search) => async (n: number) =>
    await search(asked[Math.abs(n) % asked.length] ?? new Float32Array());
  const cases = [
    { name: 'all', call: at(exact) },
    { name: 'index', call: at(index) },
  ];
  const turns = await takeTurns(cases, { count: asked.length, clients: 1, turn: 5, warmUp: 20 });
  const [all, asking] = toRows(turns, 'all');
  const { recall, lost } = await recallOf(index, exact, asked);
  return {
    passages: filled,
    'all p50 ms': all?.['p50 ms'] ?? '',
    'index p50 ms': asking?.['p50 ms'] ?? '',
    'index × all': asking?.['p50 × all'] ?? '',
    'recall@10': recall.toFixed(3),
    'none found': lost,
  };
}

process.stdout.write(
  `${home}, Postgres ${database.serverVersion}, pgvector ${database.vectorVersion}, ${embedder.modelName} (${dimensions}), ` +
    `${questions.length} questions, load average ${loadavg()[0]?.toFixed(1)}\n`,
);
try {
  await insertDocuments(database, Math.ceil(passages.length / CHUNKS_PER_DOCUMENT));
  const asked = await embedder.embed(questions, 'question');
  const rows = [];
  for (const size of sizes) {
    rows.push(await measureAt(size, asked));
    console.table(rows.slice(-1));
  }
  console.table(rows);
} finally {
  await database.close();
}
