import { cpus, loadavg } from 'node:os';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { createSlots } from '@twin/core/slots';
import type { Db } from '@twin/db/db';
import { findNearestChunks } from '@twin/db/queries/search';
import { findSearchRange } from '@twin/db/queries/search-range';
import { createServerTestDatabase } from '@twin/db/testing/server-test-database';
import { vectorText } from '@twin/db/vector';
import { type RawBuilder, sql } from 'kysely';
import { takeTurns, toRows } from './take-turns.ts';
import { CHUNKS_PER_DOCUMENT, type FilledLibrary, fillLibrary } from './vectors/fill-library.ts';
import { recallOf, type Search, sweepEfSearch } from './vectors/sweep-ef-search.ts';
import { timeUpserts } from './vectors/time-upserts.ts';

/** The product's search for the nearest beside the bare statement through the same driver, and what both of them find. */
const { values } = parseArgs({
  options: {
    server: { type: 'string' },
    rows: { type: 'string', default: '10000,100000' },
    dimensions: { type: 'string', default: '384' },
    queries: { type: 'string', default: '400' },
    upserts: { type: 'string', default: '2000' },
  },
});
if (values.server === undefined) {
  process.stderr.write(
    'Usage: node bench/vectors.ts --server postgres://… [--rows 10000,100000,1000000] [--dimensions 384,1536] [--queries 400] [--upserts 2000]\n',
  );
  process.exit(2);
}
const queryCount = Number(values.queries);
const neighbours = 10;
/** Of the questions asked: comparing everything takes long at a million rows, and an index may lose whole questions. */
const recallQuestions = 200;
const database = await createServerTestDatabase(values.server);
const { db, scope } = database;
const slots = createSlots(cpus().length);

/** As a question is searched: the range looked up, a slot waited for. */
function product(modelId: number, documentIds: string[] | undefined): Search {
  return async (embedding) => {
    const range = await findSearchRange(db, scope, documentIds && { documentIds });
    const near = { modelId, embedding, range, limit: neighbours };
    return (await slots.run(() => findNearestChunks(db, scope, near))).map(({ chunkId }) => chunkId);
  };
}

function bare(modelId: number, order: RawBuilder<unknown>, where = sql`true`, session: Db = db): Search {
  return async (embedding) => {
    const { rows } = await sql<{ id: number }>`
      select chunk_id as id from ${sql.table(`chunk_embedding_${modelId}`)} where ${where}
      order by (embedding <=> ${vectorText(embedding)})${order} limit ${neighbours}`.execute(session);
    return rows.map(({ id }) => id);
  };
}

async function measure(library: FilledLibrary, rows: number): Promise<void> {
  const { modelId } = library;
  const asked = Array.from({ length: queryCount }, library.next);
  const at = (n: number) => asked[Math.abs(n) % queryCount] ?? new Float32Array();
  const exact = remember(bare(modelId, sql` + 0`));
  for (const clients of new Set([1, cpus().length, 8, 20])) {
    const searches = { 'bare SQL': bare(modelId, sql``), product: product(modelId, undefined) };
    await compare(`${clients} at once`, searches, { at, clients, exact });
  }
  process.stdout.write('\nbare SQL, by how far it looks\n');
  const searchOn = (session: Db) => bare(modelId, sql``, sql`true`, session);
  console.table(await sweepEfSearch(db, searchOn, { asked: asked.slice(0, recallQuestions), exact }));
  for (const percent of [1, 10]) {
    const documentIds = Array.from(
      { length: (rows / CHUNKS_PER_DOCUMENT / 100) * percent },
      (_none, n) => `d${n * (100 / percent)}`,
    );
    const where = sql`version_id % ${100 / percent}::integer = 0`;
    const searches = {
      'bare SQL, index and filter': bare(modelId, sql``, where),
      product: product(modelId, documentIds),
    };
    const exactly = remember(bare(modelId, sql` + 0`, where));
    await compare(`a filter leaves ${percent} %`, searches, { at, clients: 1, exact: exactly });
  }
}

/** What a search found for a question is kept for the next that asks it. */
function remember(search: Search): Search {
  const found = new Map<Float32Array, Promise<number[]>>();
  return async (embedding) => {
    const known = found.get(embedding) ?? search(embedding);
    found.set(embedding, known);
    return await known;
  };
}

async function compare(
  title: string,
  searches: Record<string, Search>,
  { at, clients, exact }: { at: (n: number) => Float32Array; clients: number; exact: Search },
): Promise<void> {
  const cases = Object.entries(searches).map(([name, search]) => ({
    name,
    call: async (n: number) => await search(at(n)),
  }));
  const turns = { count: queryCount, clients, turn: Math.max(25, 5 * clients), warmUp: 50 };
  const rows = toRows(await takeTurns(cases, turns), 'bare SQL');
  const recalls: number[] = [];
  const asked = Array.from({ length: Math.min(recallQuestions, queryCount) }, (_none, n) => at(n));
  for (const search of Object.values(searches)) recalls.push((await recallOf(search, exact, asked)).recall);
  process.stdout.write(`\n${title}\n`);
  console.table(rows.map((row, index) => ({ ...row, [`recall@${neighbours}`]: recalls[index]?.toFixed(3) })));
}

process.stdout.write(
  `Postgres ${database.serverVersion}, pgvector ${database.vectorVersion}, Node ${process.version}, ` +
    `${cpus().length} × ${cpus()[0]?.model}, ${queryCount} questions\n`,
);
try {
  for (const dimensions of values.dimensions.split(',').map(Number)) {
    for (const rows of values.rows.split(',').map(Number)) {
      const library = await fillLibrary(database, rows, dimensions);
      const { loadSeconds, buildSeconds, tableBytes, indexBytes } = library;
      const megabytes = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MB`;
      process.stdout.write(
        `\n== ${rows} × ${dimensions}: loaded in ${loadSeconds.toFixed(0)} s, index built in ${buildSeconds.toFixed(0)} s, ` +
          `table ${megabytes(tableBytes)}, index ${megabytes(indexBytes)}, load average ${loadavg()[0]?.toFixed(1)}\n`,
      );
      await measure(library, rows);
      for (const batch of [1, 100, 500]) {
        const asked = { dimensions, batch, count: Math.min(batch * 20, Number(values.upserts)), next: library.next };
        const rate = await timeUpserts(database, asked);
        process.stdout.write(
          `upsertVectors in batches of ${batch}: ${Math.round(rate)} vectors/s, ${asked.count} in all\n`,
        );
      }
      await sql`drop table ${sql.table(`chunk_embedding_${library.modelId}`)}`.execute(db);
    }
  }
} finally {
  await database.close();
}
