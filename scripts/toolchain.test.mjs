import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { silentProgress } from './testing/silent-progress.mjs';
import { ensureToolchain, findToolchain } from './toolchain.mjs';

/** @type {string} */
let root;
/** @type {ReturnType<typeof silentProgress>} */
let progress;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'toolchain-'));
  progress = silentProgress();
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(root, { recursive: true });
});

/**
 * An npm that installs programs which say their version, and notes down what it was asked for.
 *
 * @param {{ lacks?: string, pnpmRuns?: boolean }} [behaviour] `lacks`: a version that the registry does not offer
 */
function offerNpm({ lacks = '', pnpmRuns = true } = {}) {
  const script = join(root, 'npm-cli.js');
  writeFileSync(
    script,
    `const { readFileSync, mkdirSync, writeFileSync, appendFileSync } = require('node:fs');
    const { join, dirname } = require('node:path');
    const folder = process.argv[process.argv.indexOf('--prefix') + 1];
    const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    appendFileSync(${JSON.stringify(join(root, 'asked'))}, JSON.stringify(dependencies) + '\\n');
    if (Object.values(dependencies).includes(${JSON.stringify(lacks)})) {
      console.error('npm error code ETARGET');
      process.exit(1);
    }
    const put = (path, version) => {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, '#!/bin/sh\\necho ' + version + '\\n', { mode: 0o755 });
    };
    for (const [name, version] of Object.entries(dependencies)) {
      const exact = version.replace('^', '');
      if (name === 'pnpm') put(join(folder, 'node_modules/@pnpm/exe.here/pnpm'), ${pnpmRuns} ? exact : '1.0.0');
      else put(join(folder, 'node_modules', name, 'bin/node'), 'v' + exact);
    }`,
  );
  vi.stubEnv('npm_execpath', script);
}

/** What npm was asked to install, one time after another. @returns {Record<string, string>[]} */
function asked() {
  const file = join(root, 'asked');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  return lines.map((line) => JSON.parse(line));
}

/** As if this were run by another Node. @param {string} version */
function runBy(version) {
  const { versions } = process;
  vi.spyOn(process, 'versions', 'get').mockReturnValue({ ...versions, node: version });
}

test('with a recent Node only pnpm is installed, and the second time nothing', async () => {
  offerNpm();
  const first = await ensureToolchain(root, progress);
  expect(asked()).toEqual([{ pnpm: expect.stringMatching(/^12\./) }]);
  expect(first.node).toBe(process.execPath);
  expect(first.pnpm).toContain(join('.toolchain', 'node_modules', '@pnpm'));
  expect(first.env['PATH']?.split(':')).toContain(join(first.pnpm, '..'));

  expect(await ensureToolchain(root, progress)).toEqual(first);
  expect(asked()).toHaveLength(1);
  expect(progress.steps).toEqual(['Node and pnpm']);
  expect(findToolchain(join(root, '.toolchain'))).toEqual(first);
});

test('with an old Node a recent one comes from npm as well', async () => {
  offerNpm();
  runBy('20.19.0');
  const { node } = await ensureToolchain(root, progress);
  expect(node).toMatch(/\.toolchain\/node_modules\/node-[a-z0-9-]+\/bin\/node$/);
  expect(Object.values(asked()[0] ?? {})).toEqual([expect.stringMatching(/^24\./), expect.stringMatching(/^12\./)]);
});

test('where npm does not offer that Node, the newest of its line is taken', async () => {
  runBy('20.19.0');
  offerNpm({ lacks: '24.21.0' });
  await ensureToolchain(root, progress);
  expect(asked().map((dependencies) => Object.values(dependencies)[0])).toEqual(['24.21.0', '^24.11.0']);
});

test('what does not run once it is installed is told with the next step', async () => {
  offerNpm({ pnpmRuns: false });
  await expect(ensureToolchain(root, progress)).rejects.toThrow(
    /does not run on this system .*Install Node 24 yourself/,
  );
});

test('a machine without npm is told how to get it', async () => {
  vi.stubEnv('npm_execpath', '');
  vi.stubEnv('PATH', join(root, 'nothing'));
  await expect(ensureToolchain(root, progress)).rejects.toThrow(/npm is missing. Install it/);
});
