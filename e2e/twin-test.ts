import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { test as base, expect } from '@playwright/test';
import { copyPreparedDataFolder } from '@twin/db/testing/embedded-test-database';
import { createMigratedDatabase } from '@twin/db/testing/server-test-database';
import { type FakeModelServer, startFakeModelServer } from '@twin/testing/fake-model-server';
import { type ServerProcess, startServerProcess } from '@twin/testing/server-process';

interface Fixtures {
  /** A scripted model that writes the answers, when the test asks for it by name. */
  model: FakeModelServer;
  /** Set to true where `model` shall write the answers; else answers are quoted. */
  withModel: boolean;
  /** Further settings of the server. */
  serverEnv: Record<string, string>;
  twin: RestartableTwin;
  /** The server's data folder, until the test is over. */
  dataDir: string;
  /** Where the server keeps its data: a database of its own on the server of TEST_DATABASE_URL, else its data folder. */
  databaseEnv: Record<string, string>;
  /** Console messages a test provokes on purpose, e.g. Chromium's own line about a refused upload. */
  expectedConsole: RegExp[];
  quietConsole: undefined;
}

interface RestartableTwin extends ServerProcess {
  /** After `end`: with the same data, settings and address, as a supervisor does. */
  startAgain(): Promise<void>;
}

/** A test with a server, an empty database (in either home) and a browser of its own. It fails on any console warning or error. */
export const test = base.extend<Fixtures>({
  withModel: [false, { option: true }],
  serverEnv: [{}, { option: true }],
  expectedConsole: [[], { option: true }],

  // Playwright reads a fixture's needs from the pattern of its first parameter, so an empty one has to stand there.
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the parameter list
  model: async ({}, use) => {
    const model = await startFakeModelServer();
    await use(model);
    await model.close();
  },

  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the parameter list
  databaseEnv: async ({}, use) => {
    const serverUrl = process.env['TEST_DATABASE_URL'];
    if (serverUrl === undefined) return await use({});
    const database = await createMigratedDatabase(serverUrl);
    await use({ DATABASE_URL: database.connectionString, AUTH_SECRET: 'a secret that only this test run knows' });
    await database.drop();
  },

  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the parameter list
  dataDir: async ({}, use) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'twin-e2e-'));
    await copyPreparedDataFolder(dataDir);
    await use(dataDir);
    await rm(dataDir, { recursive: true, force: true });
  },

  twin: async ({ withModel, serverEnv, databaseEnv, model, dataDir }, use, testInfo) => {
    const modelEnv = withModel ? { OPENAI_BASE_URL: model.baseUrl, OPENAI_API_KEY: 'test' } : {};
    const env = { ...databaseEnv, ...modelEnv, ...serverEnv };
    let twin = await startServerProcess({ dataDir, env });
    const { url } = twin;
    await use({
      url,
      get pid() {
        return twin.pid;
      },
      output: () => twin.output(),
      end: (signal) => twin.end(signal),
      async startAgain() {
        twin = await startServerProcess({ dataDir, env: { ...env, PORT: new URL(url).port } });
      },
    });
    const exitCode = await twin.end('SIGTERM');
    await testInfo.attach('server output', { body: twin.output(), contentType: 'text/plain' });
    expect(exitCode, `exit code of the server, which said:\n${twin.output()}`).toBe(0);
  },

  baseURL: async ({ twin }, use) => use(twin.url),

  quietConsole: [
    async ({ context, expectedConsole }, use) => {
      const messages: string[] = [];
      context.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') {
          messages.push(`${message.type()}: ${message.text()} (${message.location().url})`);
        }
      });
      context.on('weberror', (error) => messages.push(`uncaught: ${error.error().stack ?? error.error().message}`));
      await use(undefined);
      const unexpected = messages.filter((text) => !expectedConsole.some((pattern) => pattern.test(text)));
      expect(unexpected, 'console warnings and errors').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
