import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuild } from './build.mjs';
import { setUp } from './set-up.mjs';

/** `npm start`: sets up what is missing, then serves the app until it is told to stop. */

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { node, env } = await setUp(root, {
  logFile: join(root, '.toolchain', 'start.log'),
  async also(progress, toolchain) {
    await ensureBuild(root, progress, toolchain);
    return toolchain;
  },
});
serve(node, env);

/**
 * Runs the server and ends as it ends, with its exit code.
 *
 * @param {string} node
 * @param {NodeJS.ProcessEnv} env
 */
function serve(node, env) {
  // In a process group of its own: on Ctrl-C the terminal signals the whole group and npm signals once more. The server
  // hears of it once, from here.
  const server = spawn(node, [join('apps', 'server', 'src', 'main.ts')], {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  });
  let signalledAt = 0;
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      if (Date.now() - signalledAt < 500) return;
      signalledAt = Date.now();
      server.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
    });
  }
  stopWithParent(server);
  server.on('error', (error) => {
    console.error(`The server could not be started: ${error.message}`);
    process.exit(1);
  });
  server.on('exit', (code, signal) => {
    if (signal) console.error(`The server was ended by ${signal}.`);
    process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0));
  });
}

/**
 * An npm that is killed outright passes nothing on: its place as parent is then taken by another process.
 *
 * @param {import('node:child_process').ChildProcess} server
 */
function stopWithParent(server) {
  if (process.env['npm_lifecycle_event'] !== 'start') return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    server.kill('SIGTERM');
  }, 1000);
}
