import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ensureChromium } from './chromium.mjs';
import { writeFakeProgram } from './testing/fake-program.mjs';
import { silentProgress } from './testing/silent-progress.mjs';

const answers = 'echo Chromium 140';
/** @type {string} a checkout in which only the programs of this test are found */
let root;
/** @type {string} */
let bin;
/** @type {ReturnType<typeof silentProgress>} */
let progress;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'chromium-'));
  bin = join(root, 'bin');
  mkdirSync(bin);
  progress = silentProgress();
  vi.stubEnv('PATH', bin);
  vi.stubEnv('CHROMIUM_PATH', '');
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(root, { recursive: true });
});

function find() {
  return ensureChromium(root, progress, { node: process.execPath, pnpm: 'pnpm', env: { PATH: bin } });
}

/** @param {number} uid */
function runAs(uid) {
  vi.spyOn(process, 'getuid').mockReturnValue(uid);
}

/** A package manager whose package is this program. @param {string} script */
function offerPackage(script) {
  const program = join(root, 'package');
  writeFakeProgram(program, script);
  writeFakeProgram(join(bin, 'apt-get'), `test "$1" = update || /bin/cp ${program} ${join(bin, 'chromium')}`);
}

/** A Playwright that downloads this program. @param {string} script */
function offerDownload(script) {
  const packages = join(root, 'e2e', 'node_modules');
  const downloaded = join(root, 'cache', 'chrome');
  writeFakeProgram(downloaded, script);
  writeFakeProgram(join(packages, '.bin', 'playwright'), 'test "$*" = "install chromium"');
  mkdirSync(join(packages, '@playwright', 'test'), { recursive: true });
  const module = `export const chromium = { executablePath: () => ${JSON.stringify(downloaded)} };`;
  writeFileSync(join(packages, '@playwright', 'test', 'index.js'), module);
  const manifest = { name: '@playwright/test', type: 'module', exports: './index.js' };
  writeFileSync(join(packages, '@playwright', 'test', 'package.json'), JSON.stringify(manifest));
  return downloaded;
}

test('the one that CHROMIUM_PATH names is taken before all others', async () => {
  writeFakeProgram(join(bin, 'chromium'), answers);
  const chosen = join(root, 'mine');
  writeFakeProgram(chosen, answers);
  vi.stubEnv('CHROMIUM_PATH', chosen);
  expect(await find()).toBe(chosen);
});

test('one that CHROMIUM_PATH names and that does not run is refused: somebody meant it', async () => {
  writeFakeProgram(join(bin, 'chromium'), answers);
  vi.stubEnv('CHROMIUM_PATH', join(root, 'nothing'));
  await expect(find()).rejects.toThrow(/CHROMIUM_PATH is .*nothing, which does not run/);
});

test('an installed one is taken, and nothing is set up', async () => {
  writeFakeProgram(join(bin, 'google-chrome'), answers);
  expect(await find()).toBe(join(bin, 'google-chrome'));
  expect(progress.steps).toEqual([]);
});

// A Mac has its browsers in a place that no test may empty.
test.skipIf(process.platform === 'darwin').each([
  { road: 'root gets the package where a stub is installed', uid: 0, package: answers, found: 'package' },
  { road: 'root gets the download where the package does not run', uid: 0, package: 'exit 1', found: 'download' },
  { road: 'anybody else gets the download', uid: 1000, package: answers, found: 'download' },
])('$road', async ({ uid, package: script, found }) => {
  writeFakeProgram(join(bin, 'chromium-browser'), 'echo install the snap; exit 10');
  runAs(uid);
  offerPackage(script);
  const downloaded = offerDownload(answers);
  expect(await find()).toBe(found === 'package' ? join(bin, 'chromium') : downloaded);
  expect(progress.steps).toEqual(['Chromium']);
});

test.skipIf(process.platform === 'darwin')('where no road leads to one, it is told what to do', async () => {
  runAs(1000);
  await expect(find()).rejects.toThrow(/Playwright could not download one either[\s\S]*apt-get install chromium/);
  offerDownload('exit 127');
  await expect(find()).rejects.toThrow(/libraries may be missing[\s\S]*CHROMIUM_PATH=/);
});
