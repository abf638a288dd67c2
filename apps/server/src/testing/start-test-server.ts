import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseHandle } from '@twin/db/client';
import { createTestDatabase } from '@twin/db/testing/create-test-database';
import type { DestinationStream } from 'pino';
import { createLogger } from '../adapters/pino-logger.ts';
import { parseEnv } from '../env.ts';
import { type RunningServer, startServerOn } from '../start-server.ts';

export interface TestServer extends RunningServer {
  /** Where to send requests, whatever the server is called. */
  origin: string;
  database: DatabaseHandle;
  /** Everything it has logged. */
  log(): string;
}

/** The whole server on a free port and a fresh database, configured as `variables` of the environment would. */
export async function startTestServer(variables: Record<string, string> = {}): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'twin-server-'));
  const database = await createTestDatabase();
  let log = '';
  const destination: DestinationStream = { write: (line) => void (log += line) };
  const env = parseEnv({ PORT: '0', DATA_DIR: dataDir, ...variables });
  const server = await startServerOn(database, env, createLogger({ level: 'debug', forPerson: false, destination }));
  return {
    ...server,
    origin: `http://127.0.0.1:${server.port}`,
    database,
    log: () => log,
    close: async () => {
      await server.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
