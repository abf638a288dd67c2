import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './command.mjs';

/**
 * Builds the web app and the server's reading sandbox. Turbo takes the build from its cache when no input has changed.
 *
 * @param {string} root
 * @param {import('./progress.mjs').Progress} progress
 * @param {import('./toolchain.mjs').Toolchain} toolchain
 */
export async function ensureBuild(root, progress, toolchain) {
  await progress.step('Build', async () => {
    let cached = false;
    await runCommand(join(root, 'node_modules', '.bin', 'turbo'), ['run', 'build'], {
      cwd: root,
      env: toolchain.env,
      onLine(line) {
        progress.logLine(line);
        cached ||= line.includes('FULL TURBO');
      },
    });
    // Files from the cache may be older than sources that came back with them; now they belong together.
    const now = new Date();
    for (const program of ['reading-sandbox-worker.mjs', 'page-drawing-worker.mjs', 'close-network.mjs']) {
      utimesSync(join(root, 'apps', 'server', 'dist', program), now, now);
    }
    return { result: undefined, summary: cached ? 'unchanged' : 'built' };
  });
}
