import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setUp } from './set-up.mjs';

/** `npm run cli -- <command>`: sets up what is missing, as `npm start` does, then runs the command line. */

const setUpFailed = JSON.stringify({
  error: {
    code: 'set-up',
    problems: [{ name: 'Set-up', reason: 'did not end well; standard error says why', nextStep: 'Run it again then.' }],
  },
});
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { node, env } = await setUp(root, {
  logFile: join(root, '.toolchain', 'start.log'),
  // Standard output is the command's own: it may be read by a program.
  out: process.stderr,
  ...(process.argv.includes('--json') ? { lastLine: setUpFailed } : {}),
  also: (_progress, toolchain) => Promise.resolve(toolchain),
});
// Ctrl-C reaches both from the terminal; how to end is the command's to say.
process.on('SIGINT', () => {}).on('SIGTERM', () => command.kill('SIGTERM'));
const command = spawn(node, [join(root, 'apps', 'server', 'src', 'cli.ts'), ...process.argv.slice(2)], {
  env,
  stdio: 'inherit',
});
command.on('error', (error) => {
  console.error(`The command could not be started: ${error.message}`);
  process.exit(1);
});
command.on('exit', (code) => process.exit(code ?? 130));
