import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './command.mjs';

/**
 * Installs what the lockfile names, exactly; does nothing when the last installation had the same inputs.
 *
 * @param {string} root
 * @param {import('./progress.mjs').Progress} progress
 * @param {import('./toolchain.mjs').Toolchain} toolchain
 */
export async function ensureDependencies(root, progress, toolchain) {
  const stampFile = join(root, 'node_modules', '.installed-from');
  const stamp = hashInputs(root, toolchain);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;

  await progress.step('Dependencies', async (report) => {
    let packages = '';
    // In production mode pnpm would leave out what builds the web app.
    const env = { ...toolchain.env, NODE_ENV: undefined };
    const flags = [
      '--frozen-lockfile',
      '--prefer-offline',
      '--reporter=append-only',
      '--config.confirmModulesPurge=false',
    ];
    // Short waits: without a network hundreds of requests each retry before pnpm gives up.
    flags.push('--config.fetchRetryMintimeout=1000', '--config.fetchRetryMaxtimeout=5000');
    await runCommand(toolchain.pnpm, ['install', ...flags], {
      cwd: root,
      env,
      onLine(line) {
        progress.logLine(line);
        const counts = /^Progress: (resolved \d+.*)$/.exec(line)?.[1];
        if (counts) report(counts);
        if (line.startsWith('Will retry')) report('the npm registry does not answer, retrying');
        packages = /\+(\d+)/.exec(line)?.[1] ?? packages;
      },
    });
    mkdirSync(join(root, 'node_modules'), { recursive: true });
    writeFileSync(stampFile, stamp);
    return { result: undefined, summary: packages ? `${packages} packages installed` : 'up to date' };
  });
}

/** @param {string} root @param {import('./toolchain.mjs').Toolchain} toolchain */
function hashInputs(root, toolchain) {
  const folders = ['', 'apps', 'packages'].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => join(folder, name)),
  );
  const manifests = ['package.json', ...folders.map((folder) => join(folder, 'package.json'))];
  const files = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', '.npmrc', ...manifests];
  const hash = createHash('sha256').update(`${toolchain.pnpm} ${process.platform}-${process.arch}`);
  for (const file of files.toSorted()) {
    if (existsSync(join(root, file))) hash.update(file).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}
