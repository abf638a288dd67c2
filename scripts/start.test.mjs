import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** @type {string} */
let dataDir;
/** @typedef {{ url: Promise<string | undefined>, ended: Promise<unknown>, ctrlC: () => void, output: () => string }} App */

/** @type {App[]} */
const started = [];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'twin-npm-start-'));
});

afterAll(async () => {
  for (const app of started) {
    app.ctrlC();
    await app.ended;
  }
  await rm(dataDir, { recursive: true, force: true });
});

/**
 * `npm start` as a person types it, in a terminal of its own.
 * @param {Record<string, string>} settings
 * @returns {App}
 */
function npmStart(settings) {
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, ENV_FILE: '', DATA_DIR: dataDir, ...settings };
  const child = spawn('npm', ['start'], { cwd: root, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const ended = new Promise((resolve) => child.once('close', resolve));
  /** @type {Promise<string | undefined>} */
  const url = new Promise((resolve) => {
    const read = (/** @type {string} */ text) => {
      output += text;
      const found = /is ready: (http:\/\/\S+)/.exec(output)?.[1];
      if (found) resolve(found);
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
    void ended.then(() => resolve(undefined));
  });
  /** As the terminal does it: every process in the foreground hears of Ctrl-C. */
  const ctrlC = () => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-Number(child.pid), 'SIGINT');
  };
  const app = { url, ended, ctrlC, output: () => output };
  started.push(app);
  return app;
}

test('npm start serves the app and says so; Ctrl-C stops it cleanly; the data is there at the next start', async () => {
  const first = npmStart({ PORT: '0' });
  const url = await first.url;
  expect(first.output()).toContain('Only this machine can open it');
  expect(await (await fetch(`${url}/`)).text()).toContain('<title>');
  const stored = await fetch(`${url}/api/ingest`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ documents: [{ id: 'doc-1', content: 'The harbour froze in 1963.', title: 'Harbour' }] }),
  });
  expect(stored.ok).toBe(true);
  first.ctrlC();
  expect(await first.ended).toBe(0);
  expect(first.output()).not.toMatch(/error|at file:/i);

  const second = npmStart({ PORT: '0' });
  const secondUrl = await second.url;
  const ask = async () => {
    const answer = await fetch(`${secondUrl}/api/chat`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ messages: [{ role: 'user', content: 'What froze in 1963?' }] }),
    });
    return await answer.json();
  };
  // Ctrl-C may have come before the document was read: the second start goes on with it.
  await expect.poll(ask, { timeout: 60_000, interval: 2_000 }).toMatchObject({ citations: [{ documentId: 'doc-1' }] });
  // What is there is looked at and left alone: that is why it is up within seconds.
  expect(second.output().match(/^✔ .*(?= \()/gm)).toEqual(['✔ Build: unchanged']);
  second.ctrlC();
  expect(await second.ended).toBe(0);

  const open = npmStart({ PORT: '0', HOST: '0.0.0.0' });
  expect(await open.url).toBeDefined();
  expect(open.output()).toMatch(/one-time code/i);
  const { port } = new URL(String(await open.url));
  expect((await fetch(`http://127.0.0.1:${port}/api/documents`)).status).toBe(401);
  open.ctrlC();
  expect(await open.ended).toBe(0);
}, 180_000);
