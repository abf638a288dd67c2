import { cpus } from 'node:os';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { createEmbeddedTestDatabase } from '@twin/db/testing/embedded-test-database';
import { createServerTestDatabase } from '@twin/db/testing/server-test-database';
import { insertBare } from './ingest/bare-insert.ts';
import { mixedDocuments } from './ingest/mixed-documents.ts';
import { openPipeline, type StageTimes } from './ingest/pipeline.ts';

/** What ingestion costs by stage, and its storing next to a bare script's, in one run on databases of its own. */
const { values } = parseArgs({
  options: { server: { type: 'string' }, documents: { type: 'string', default: '1000' } },
});
const documentCount = Number(values.documents);
const tenth = Math.max(1, Math.floor(documentCount / 10));

async function openDatabase() {
  return values.server === undefined
    ? await createEmbeddedTestDatabase()
    : await createServerTestDatabase(values.server);
}

const database = await openDatabase();
const bareDatabase = await openDatabase();
const pipeline = openPipeline(database);

const total: StageTimes = { read: 0, chunk: 0, embed: 0, words: 0, store: 0 };
let bytes = 0;
let chunks = 0;
let bareMs = 0;
const none = { chunks: 0, storeMs: 0, allMs: 0, bareMs: 0 };
const tenths: (typeof none)[] = [];
let current = { ...none };
let done = 0;
for (const document of mixedDocuments(documentCount)) {
  const { times, versionId, chunkCount } = await pipeline.ingest(document);
  // In turns with the product's own, so that whatever else the machine does falls on both alike.
  const insertedMs = await insertBare(database, bareDatabase, versionId);
  bareMs += insertedMs;
  for (const stage of Object.keys(total) as (keyof StageTimes)[]) total[stage] += times[stage];
  bytes += document.bytes.byteLength;
  chunks += chunkCount;
  current.chunks += chunkCount;
  current.storeMs += times.store;
  current.bareMs += insertedMs;
  current.allMs += Object.values(times).reduce((sum, ms) => sum + ms, 0);
  done += 1;
  if (done % tenth === 0) {
    tenths.push(current);
    current = { ...none };
  }
}

const allMs = Object.values(total).reduce((sum, ms) => sum + ms, 0);
process.stdout.write(
  `${database.home} Postgres ${database.serverVersion}, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}; ` +
    `${documentCount} documents, ${(bytes / 1e6).toFixed(1)} MB, ${chunks} chunks\n`,
);
console.table(
  [...Object.entries(total), ['all' as const, allMs] as const].map(([stage, ms]) => ({
    stage,
    share: `${((ms / allMs) * 100).toFixed(1)} %`,
    'documents/s': (documentCount / (ms / 1000)).toFixed(1),
    'MB/s': (bytes / 1e6 / (ms / 1000)).toFixed(2),
    'chunks/s': Math.round(chunks / (ms / 1000)),
  })),
);
process.stdout.write(
  `Storing: ${(total.store / chunks).toFixed(2)} ms a chunk, a bare script ${(bareMs / chunks).toFixed(2)} ms: ` +
    `${(total.store / bareMs).toFixed(2)} times as long (${((total.store + total.words) / bareMs).toFixed(2)} with the words)\n`,
);
console.table(
  tenths.map((part, index) => ({
    'after documents': index * tenth,
    'chunks/s': Math.round(part.chunks / (part.allMs / 1000)),
    'chunks/s stored': Math.round(part.chunks / (part.storeMs / 1000)),
    '× bare script': (part.storeMs / part.bareMs).toFixed(2),
  })),
);
await bareDatabase.close();
await database.close();
