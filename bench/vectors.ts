import { cpus } from 'node:os';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { registerEmbeddingModel } from '@twin/db/queries/embedding-models';
import { insertEmbeddings } from '@twin/db/queries/embeddings';
import { findNearestChunks } from '@twin/db/queries/search';
import { mintTwinScope, type TwinScope } from '@twin/db/scope';
import { createServerTestDatabase } from '@twin/db/testing/server-test-database';
import { vectorText } from '@twin/db/vector';
import { sql } from 'kysely';
import { createClusteredVectors } from './clustered-vectors.ts';

/** The product's nearest-neighbour search next to the bare statement, and next to comparing everything. */
const { values } = parseArgs({
  options: {
    server: { type: 'string' },
    rows: { type: 'string', default: '10000,100000' },
    dimensions: { type: 'string', default: '384' },
    queries: { type: 'string', default: '200' },
  },
});
if (values.server === undefined) {
  process.stderr.write(
    'Usage: node bench/vectors.ts --server postgres://… [--rows 10000,100000,1000000] [--dimensions 384,1536]\n',
  );
  process.exit(2);
}
const queryCount = Number(values.queries);
const neighbours = 10;
const database = await createServerTestDatabase(values.server);
const { db, scope } = database;
/** Owns one row in a hundred: what a filter looks like that leaves 1 %. */
const small = mintTwinScope(2);

process.stdout.write(
  `Postgres ${database.serverVersion}, pgvector ${database.vectorVersion}, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}\n`,
);
try {
  for (const dimensions of values.dimensions.split(',').map(Number)) {
    for (const rows of values.rows.split(',').map(Number)) console.table(await measure(rows, dimensions));
  }
} finally {
  await database.close();
}

async function measure(rows: number, dimensions: number) {
  const model = { provider: 'bench', name: `rows-${rows}`, dimensions };
  const { id: modelId } = await db
    .transaction()
    .execute(async (tx) => await registerEmbeddingModel(tx, 'server', model));
  const table = `chunk_embedding_${modelId}`;
  const next = createClusteredVectors({ dimensions, clusters: 2_000, seed: 1 });
  const loadedMs = await timed(() => load(modelId, table, rows, next));
  const builtMs = await timed(() => build(table));
  const { rows: sizes } = await sql<{ table: number; index: number }>`
    select pg_relation_size(${table}::regclass) as "table", pg_indexes_size(${table}::regclass) as "index"`.execute(db);
  const megabytes = (bytes = 0) => `${Math.round(bytes / 1024 / 1024)} MB`;
  process.stdout.write(
    `\n${rows} × ${dimensions}: loaded in ${seconds(loadedMs)}, index built in ${seconds(builtMs)}, ` +
      `table ${megabytes(sizes[0]?.table)}, indexes ${megabytes(sizes[0]?.index)}\n`,
  );
  const asked = Array.from({ length: queryCount }, next);
  const product = (of: TwinScope, chunkCount: number) => async (embedding: Float32Array) => {
    const range = { filter: undefined, documentCount: 1, chunkCount };
    return (await findNearestChunks(db, of, { modelId, embedding, range, limit: neighbours })).map(
      (hit) => hit.chunkId,
    );
  };
  const bare = async (embedding: Float32Array) => await nearest(table, embedding, sql``, scope);
  const exact = (of: TwinScope) => async (embedding: Float32Array) => await nearest(table, embedding, sql` + 0`, of);
  const measured = [];
  for (const clients of [1, 8, 20]) {
    measured.push(await run(`product, ${clients} at once`, product(scope, rows), asked, clients, exact(scope)));
    measured.push(await run(`bare SQL, ${clients} at once`, bare, asked, clients, exact(scope)));
  }
  measured.push(await run('product, filter leaves 1 %', product(small, rows / 100), asked, 1, exact(small)));
  await sql`drop table ${sql.table(table)}`.execute(db);
  return measured;
}

async function load(modelId: number, table: string, rows: number, next: () => Float32Array): Promise<void> {
  const { rows: indexes } = await sql<{ name: string }>`
    select indexrelid::regclass::text as name from pg_index
    where indrelid = ${table}::regclass and not indisprimary`.execute(db);
  for (const { name } of indexes) await sql`drop index ${sql.table(name)}`.execute(db);
  // No chunks stand behind these vectors: their words would take longer than all that is measured.
  await sql`alter table ${sql.table(table)} drop constraint ${sql.ref(`${table}_twin_id_chunk_id_fkey`)}`.execute(db);
  for (let from = 1; from <= rows; from += 500) {
    const batch = Array.from({ length: Math.min(500, rows - from + 1) }, (_, index) => from + index);
    const vectors = batch.map((chunkId) => ({ chunkId, versionId: 1, embedding: next() }));
    await insertEmbeddings(
      db,
      small,
      modelId,
      vectors.filter(({ chunkId }) => chunkId % 100 === 0),
    );
    await insertEmbeddings(
      db,
      scope,
      modelId,
      vectors.filter(({ chunkId }) => chunkId % 100 !== 0),
    );
  }
}

/** As the migration's index is, with memory for the whole graph. */
async function build(table: string): Promise<void> {
  await db.connection().execute(async (session) => {
    await sql`set statement_timeout = 0`.execute(session);
    await sql`set maintenance_work_mem = '2GB'`.execute(session);
    await sql`set max_parallel_maintenance_workers = ${sql.lit(cpus().length)}`.execute(session);
    await sql`create index on ${sql.table(table)} using hnsw (embedding halfvec_cosine_ops)`.execute(session);
    await sql`vacuum analyze ${sql.table(table)}`.execute(session);
    await sql`reset maintenance_work_mem`.execute(session);
    await sql`reset statement_timeout`.execute(session);
  });
}

async function nearest(table: string, embedding: Float32Array, force: ReturnType<typeof sql>, { twinId }: TwinScope) {
  const { rows } = await sql<{ id: number }>`
    select chunk_id as id from ${sql.table(table)} where twin_id = ${twinId}
    order by (embedding <=> ${vectorText(embedding)})${force} limit ${neighbours}`.execute(db);
  return rows.map(({ id }) => id);
}

type Search = (embedding: Float32Array) => Promise<number[]>;

async function run(name: string, search: Search, asked: readonly Float32Array[], clients: number, exact: Search) {
  for (const embedding of asked.slice(0, 20)) await search(embedding);
  const latencies: number[] = [];
  const found: number[][] = [];
  let next = 0;
  const client = async () => {
    for (let index = next++; index < asked.length; index = next++) {
      const started = performance.now();
      found[index] = await search(asked[index] ?? new Float32Array());
      latencies.push(performance.now() - started);
    }
  };
  const tookMs = await timed(async () => await Promise.all(Array.from({ length: clients }, client)));
  const sorted = latencies.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN).toFixed(2);
  // Exact answers take long at a million rows: a sample tells recall to about a hundredth.
  const sample = Math.min(50, asked.length);
  let hits = 0;
  for (const [index, embedding] of asked.slice(0, sample).entries()) {
    const truth = new Set(await exact(embedding));
    hits += (found[index] ?? []).filter((id) => truth.has(id)).length / truth.size;
  }
  return {
    name,
    'p50 ms': at(0.5),
    'p95 ms': at(0.95),
    'p99 ms': at(0.99),
    'queries/s': Math.round((asked.length / tookMs) * 1000),
    [`recall@${neighbours}`]: (hits / sample).toFixed(3),
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
