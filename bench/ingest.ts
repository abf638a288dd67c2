import { cpus, loadavg } from 'node:os';
import { basename } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { createEmbeddedTestDatabase } from '@twin/db/testing/embedded-test-database';
import { createServerTestDatabase } from '@twin/db/testing/server-test-database';
import { addUp, measureStages, msOfAllStages } from './ingest/by-stage.ts';
import { measureEndToEnd } from './ingest/end-to-end.ts';
import { mixedDocuments } from './ingest/mixed-documents.ts';

/**
 * What ingestion costs: by stage, with its storing next to a bare script's, on databases of its own; and end to end, through
 * a real server with its queue and its sandboxes.
 */
const { values } = parseArgs({
  options: {
    server: { type: 'string' },
    documents: { type: 'string', default: '1000' },
    'end-to-end': { type: 'string' },
  },
});
const documentCount = Number(values.documents);
const endToEndCount = Number(values['end-to-end'] ?? values.documents);

interface Amount {
  documents: number;
  bytes: number;
  chunks: number;
}

const ratesOf = ({ documents, bytes, chunks }: Amount, ms: number) => ({
  'documents/s': (documents / (ms / 1000)).toFixed(1),
  'MB/s': (bytes / 1e6 / (ms / 1000)).toFixed(2),
  'chunks/s': Math.round(chunks / (ms / 1000)),
});

const amountOf = ({ documents, bytes, chunks }: Amount) =>
  `${documents} documents, ${(bytes / 1e6).toFixed(1)} MB, ${chunks} chunks`;

async function openDatabase() {
  return values.server === undefined
    ? await createEmbeddedTestDatabase()
    : await createServerTestDatabase(values.server);
}

const database = await openDatabase();
const bareDatabase = await openDatabase();
const stretches = await measureStages(database, bareDatabase, mixedDocuments(documentCount));
await bareDatabase.close();
await database.close();

const total = addUp(stretches);
const { stages, bareMs } = total;
const sumMs = msOfAllStages(total);
process.stdout.write(
  `${database.home} Postgres ${database.serverVersion}, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, ` +
    `load average ${loadavg()[0]?.toFixed(1)}\nBy stage: ${amountOf(total)}\n`,
);
console.table(
  [...Object.entries(stages), ['sum' as const, sumMs] as const].map(([stage, ms]) => ({
    stage,
    ...ratesOf(total, ms),
    share: `${((ms / sumMs) * 100).toFixed(1)} %`,
  })),
);
process.stdout.write(
  `Storing: ${(stages.store / total.chunks).toFixed(2)} ms a chunk, a bare script ${(bareMs / total.chunks).toFixed(2)} ms: ` +
    `${(stages.store / bareMs).toFixed(2)} times as long (${((stages.store + stages.words) / bareMs).toFixed(2)} with the words)\n`,
);
console.table(
  Array.from({ length: 10 }, (_, index) => {
    const from = Math.round((index * documentCount) / 10);
    const tenth = addUp(stretches.slice(from, Math.round(((index + 1) * documentCount) / 10)));
    return {
      'after documents': from,
      'after chunks': addUp(stretches.slice(0, from)).chunks,
      ...ratesOf(tenth, msOfAllStages(tenth)),
      'chunks/s stored': Math.round(tenth.chunks / (tenth.stages.store / 1000)),
      '× bare script': (tenth.stages.store / tenth.bareMs).toFixed(2),
    };
  }),
);

if (endToEndCount > 0) {
  const whole = await measureEndToEnd(values.server, [...mixedDocuments(endToEndCount)]);
  process.stdout.write(
    `End to end: ${amountOf(whole)}, the uploads acknowledged after ${Math.round(whole.uploadMs / 1000)} of ` +
      `${Math.round(whole.ms / 1000)} s, read by ${basename(whole.sandboxProgram)}, load average ${loadavg()[0]?.toFixed(1)}\n`,
  );
  const each = (amount: Amount, ms: number) => Math.round(ms / amount.documents);
  console.table([
    {
      way: 'sum of the stages',
      ...ratesOf(total, sumMs),
      'ms a document': each(total, sumMs),
      'processor ms': each(total, total.processorMs),
    },
    {
      way: 'end to end',
      ...ratesOf(whole, whole.ms),
      'ms a document': each(whole, whole.ms),
      'processor ms': each(whole, whole.serverMs),
      'sandbox processor ms': each(whole, whole.sandboxMs),
    },
  ]);
  const ratio = whole.ms / whole.chunks / (sumMs / total.chunks);
  process.stdout.write(`End to end a chunk takes ${ratio.toFixed(2)} times as long as the sum of the stages\n`);
}
