import { join } from 'node:path';
import { runCommand } from './command.mjs';

/**
 * Builds the web app. Turbo takes the build from its cache when no input has changed.
 *
 * @param {string} root
 * @param {import('./progress.mjs').Progress} progress
 * @param {import('./toolchain.mjs').Toolchain} toolchain
 */
export async function ensureWebBuild(root, progress, toolchain) {
  await progress.step('Web app', async () => {
    let cached = false;
    await runCommand(join(root, 'node_modules', '.bin', 'turbo'), ['run', 'build', '--filter=@twin/web'], {
      cwd: root,
      env: toolchain.env,
      onLine(line) {
        progress.logLine(line);
        cached ||= line.includes('FULL TURBO');
      },
    });
    return { result: undefined, summary: cached ? 'unchanged' : 'built' };
  });
}
