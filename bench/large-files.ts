import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { copyPreparedDataFolder } from '@twin/db/testing/embedded-test-database';
import { createMigratedDatabase } from '@twin/db/testing/server-test-database';
import { makeLongPdf } from '@twin/testing/fixtures/pdf';
import { startServerProcess } from '@twin/testing/server-process';
import { makeLargeCsv } from './large-files/large-csv.ts';
import { type ServerFigures, watchServer } from './large-files/watch-server.ts';

/** How a real server feels from outside while large files are taken in, next to the same server at rest. */
const { values } = parseArgs({
  options: { server: { type: 'string' }, seconds: { type: 'string', default: '3600' } },
});
const msMax = Number(values.seconds) * 1000;
const dataDir = await mkdtemp(join(tmpdir(), 'twin-large-files-'));
const database = values.server === undefined ? undefined : await createMigratedDatabase(values.server);
if (database === undefined) await copyPreparedDataFolder(dataDir);
const longestTurnFile = join(dataDir, 'longest-turn');
const env = {
  LOG_LEVEL: 'error',
  NODE_OPTIONS: `--import=${import.meta.resolve('@twin/testing/measure-longest-turn')}`,
  LONGEST_TURN_FILE: longestTurnFile,
  ...(database && { DATABASE_URL: database.connectionString }),
};
const server = { ...(await startServerProcess({ dataDir, env, flags: [] })), longestTurnFile };

async function* inParts(bytes: Iterable<Uint8Array>) {
  for (const part of bytes) yield await Promise.resolve(part);
}

async function upload(fileName: string, parts: Iterable<Uint8Array>): Promise<void> {
  const query = new URLSearchParams({ fileName, id: fileName });
  const body = Readable.toWeb(Readable.from(inParts(parts), { objectMode: false })) as ReadableStream<Uint8Array>;
  const init = { method: 'PUT', body, duplex: 'half' as const };
  const response = await fetch(`${server.url}/api/uploads?${query.toString()}`, init);
  if (response.status !== 201) throw new Error(`${response.status}: ${await response.text()}`);
}

/** How it ended; where it stands when the time is over. */
async function untilSettled(id: string): Promise<string> {
  for (const started = performance.now(); ; await delay(500)) {
    const input = encodeURIComponent(JSON.stringify({ id }));
    const response = await fetch(`${server.url}/api/trpc/documents.get?input=${input}`);
    const { result } = (await response.json()) as {
      result: { data: { ingestion: { stage: string; error: { code: string } | null; chunkCount: number | null } } };
    };
    const { stage, error, chunkCount } = result.data.ingestion;
    if (stage === 'failed') return `failed: ${error?.code}`;
    if (stage === 'ready') return `ready, ${chunkCount} passages`;
    if (performance.now() - started > msMax) return `${stage} after ${values.seconds} s`;
  }
}

const megabytes = (count: number) => count * 1_000_000;
const files = [
  ['500-page.pdf', () => [makeLongPdf(500)]],
  ['100-MB.csv', () => makeLargeCsv(megabytes(100))],
] as const;

const rows: Record<string, string | number>[] = [];
const report = (what: string, ended: string, figures: ServerFigures) => {
  const numbers = Object.entries(figures).map(([name, value]) => [name, Math.round(value)]);
  rows.push({ what, ended, ...Object.fromEntries(numbers) });
};
report('at rest', '', await watchServer(server, () => delay(15_000)));
for (const [fileName, make] of files) {
  let ended = '';
  // Made beforehand: making it would hold up the watching, which happens in this process.
  const content = [...make()];
  const figures = await watchServer(server, async () => {
    await upload(fileName, content);
    ended = await untilSettled(fileName);
  });
  report(fileName, ended, figures);
}
process.stdout.write(
  `${database ? 'server' : 'embedded'}, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, ` +
    `load average ${loadavg()[0]?.toFixed(1)}; milliseconds and MB\n`,
);
console.table(rows);
await server.end('SIGTERM');
await database?.drop();
await rm(dataDir, { recursive: true, force: true });
