import { execFile } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { createEmptyDatabase } from '@twin/db/testing/server-test-database';
import { afterEach, expect, test } from 'vitest';
import { createSpawnedServers } from './testing/spawned-servers.ts';

const script = join(import.meta.dirname, '../../../scripts/postgres-for-tests.sh');
const serverUrl = process.env['TEST_DATABASE_URL'] ?? '';
/** Of a server of its own: the others' tests must not lose theirs. */
const port = String(Number(URL.parse(serverUrl)?.port || 54_329) + 7);
const servers = createSpawnedServers();

afterEach(() => servers.killAll());

async function postgres(command: 'start' | 'restart' | 'stop'): Promise<string> {
  return (await promisify(execFile)(script, [command, port])).stdout.trim();
}

test.runIf(serverUrl !== '')(
  'a Postgres that restarts under the running app ends no process and loses no document',
  async ({ skip }) => {
    const url = await postgres('start').catch(() => undefined);
    if (url === undefined) return skip('a Postgres of its own takes Docker, or root on Debian');
    const database = await createEmptyDatabase(url);
    try {
      const server = await servers.start({ DATABASE_URL: database.connectionString });
      const post = (path: string, body: object) =>
        fetch(`${server.origin}${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
      const text = 'The ferry left at dawn. '.repeat(20_000);
      const documents = [{ id: 'ferry', content: text, title: 'Ferry' }];
      // It waits for the document, which the restart meets in its middle: the wait may fail, what was stored may not.
      const stored = post('/api/ingest', { documents }).catch(() => undefined);
      await expect
        .poll(async () => (await fetch(`${server.origin}/api/documents/ferry/file`)).status, { timeout: 60_000 })
        .toBe(200);

      await postgres('restart');
      await stored;
      const ready = async () => (await fetch(`${server.origin}/readyz`)).status;
      await expect.poll(ready, { timeout: 60_000 }).toBe(200);
      const stage = async () => {
        const answer = await fetch(
          `${server.origin}/api/trpc/documents.get?input=${encodeURIComponent('{"id":"ferry"}')}`,
        );
        const { result } = (await answer.json()) as { result?: { data: { ingestion: { stage: string } } } };
        return result?.data.ingestion.stage;
      };
      await expect.poll(stage, { timeout: 120_000, interval: 500 }).toBe('ready');
      const answer = await post('/api/chat', { messages: [{ role: 'user', content: 'What is in my documents?' }] });
      expect(await answer.json()).toMatchObject({ citations: [{ documentId: 'ferry' }] });
      expect(server.process.exitCode).toBeNull();
    } finally {
      await servers.killAll();
      await database.drop();
      await postgres('stop');
    }
  },
  300_000,
);
