import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runCommand } from './command.mjs';
import { SetupFailure } from './setup-failure.mjs';

const commandNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const macApplications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * Finds a Chromium for the browser tests: CHROMIUM_PATH, an installed one, else Debian's package (as root), else
 * Playwright's download.
 *
 * @param {string} root
 * @param {import('./progress.mjs').Progress} progress
 * @param {import('./toolchain.mjs').Toolchain} toolchain
 * @returns {Promise<string>} path of the executable
 */
export async function ensureChromium(root, progress, toolchain) {
  const chosen = process.env['CHROMIUM_PATH'];
  if (chosen) {
    if (!runs(chosen)) throw new SetupFailure(`CHROMIUM_PATH is ${chosen}, which does not run.`);
    return chosen;
  }
  const installed = findInstalled();
  if (installed) return installed;

  return progress.step('Chromium', async (report) => {
    if (process.getuid?.() === 0 && findOnPath('apt-get')) {
      report('installing the chromium package');
      const packaged = await installPackage(root, progress.logLine);
      if (packaged) return { result: packaged, summary: packaged };
    }
    report('downloading with Playwright');
    const downloaded = await download(root, progress.logLine, toolchain);
    return { result: downloaded, summary: downloaded };
  });
}

function findInstalled() {
  return [...commandNames.map(findOnPath), ...macApplications].find((path) => path !== undefined && runs(path));
}

/** @param {string} name */
function findOnPath(name) {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** Ubuntu's package is a stub that asks for a snap: only an answer counts. @param {string} path */
function runs(path) {
  return spawnSync(path, ['--version', '--no-sandbox'], { timeout: 30_000 }).status === 0;
}

/** @param {string} root @param {(line: string) => void} onLine */
async function installPackage(root, onLine) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await runCommand('apt-get', ['update'], { cwd: root, env, onLine });
    await runCommand('apt-get', ['install', '--yes', '--no-install-recommends', 'chromium'], {
      cwd: root,
      env,
      onLine,
    });
  } catch {
    return undefined;
  }
  return findInstalled();
}

/** @param {string} root @param {(line: string) => void} onLine @param {import('./toolchain.mjs').Toolchain} toolchain */
async function download(root, onLine, toolchain) {
  const cwd = join(root, 'e2e');
  const playwright = join(cwd, 'node_modules', '.bin', 'playwright');
  await runCommand(playwright, ['install', 'chromium'], { cwd, env: toolchain.env, onLine }).catch((error) => {
    onLine(String(error));
    throw new SetupFailure(noChromium('Playwright could not download one either'));
  });
  const ask = "import('@playwright/test').then(({ chromium }) => console.log(chromium.executablePath()))";
  const path = spawnSync(toolchain.node, ['-e', ask], { cwd, encoding: 'utf8' }).stdout.trim();
  if (!runs(path)) {
    throw new SetupFailure(noChromium('the one that Playwright downloaded does not start: libraries may be missing'));
  }
  return path;
}

/** What is wrong and what to do. @param {string} also */
function noChromium(also) {
  return [
    `The browser tests need a Chromium. None is installed that runs, and ${also}.`,
    'Do one of these, then run npm test again:',
    '  Debian, as root:  apt-get install chromium',
    '  Ubuntu, macOS:    install Google Chrome',
    '  elsewhere:        CHROMIUM_PATH=/path/to/chromium npm test',
    'Everything else is checked without one; the browser tests count as failed.',
  ].join('\n');
}
