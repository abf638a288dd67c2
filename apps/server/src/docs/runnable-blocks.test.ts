import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { runnableBlocksOf } from './runnable-blocks.ts';

const root = join(import.meta.dirname, '../../../..');
const documents = ['README.md', 'docs/quickstart.md'];
const blocks = await Promise.all(
  documents.map(async (path) => ({ path, blocks: runnableBlocksOf(path, await readFile(join(root, path), 'utf8')) })),
);

test('every document has commands that are tried', () => {
  expect(blocks.map((one) => one.blocks.length > 0)).toEqual(documents.map(() => true));
});

test('a block belongs to the command before it, and only marked commands are tried', () => {
  const markdown = ['# A', '```sh', 'no', '```', '```sh runnable', 'yes', '```', '```json', '{"a":1}', '```'].join(
    '\n',
  );
  expect(runnableBlocksOf('a.md', `${markdown}\n`)).toEqual([{ place: 'a.md:5', script: 'yes\n', output: { a: 1 } }]);
});

let home: string;
let server: TestServer;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'twin-docs-'));
  server = await startTestServer();
});

afterAll(async () => {
  await server.close();
  await rm(home, { recursive: true, force: true });
});

describe.each(blocks)('$path, on a fresh server and in a fresh folder', ({ blocks: ofDocument }) => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(home, 'folder-'));
    // What a reader has after cloning, as far as a command uses it.
    await copyFile(join(root, 'README.md'), join(folder, 'README.md'));
  });

  test.each(ofDocument)('$place', async ({ script, output }) => {
    // The reader's server is on port 3000; an answer that is an error must fail the command.
    const here = script.replaceAll('http://localhost:3000', server.origin);
    const strict = `set -euo pipefail; curl() { command curl --silent --show-error --fail-with-body "$@"; }\n${here}`;
    const { stdout } = await promisify(execFile)('bash', ['-c', strict], { cwd: folder, timeout: 25_000 });
    const answer: unknown = output === undefined ? {} : JSON.parse(stdout);
    expect(answer).toMatchObject(output ?? {});
    // A reader follows it inside the clone, which stays as it was.
    expect(await readdir(folder)).toEqual(['README.md']);
  });
});
