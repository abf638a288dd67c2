import { stopRunningCommands } from './command.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { openProgress } from './progress.mjs';
import { describeSetupFailure } from './setup-failure.mjs';
import { ensureToolchain } from './toolchain.mjs';
import { ensureWebBuild } from './web-build.mjs';

/**
 * Brings a checkout to the state the app runs in: toolchain, dependencies, built web app. Each part that is there is
 * left alone. Ends the process with a message when it cannot.
 *
 * @param {string} root
 * @param {{ logFile: string }} options
 * @returns {Promise<import('./toolchain.mjs').Toolchain>}
 */
export async function setUp(root, { logFile }) {
  requireSupportedSystem();
  /** @param {NodeJS.Signals} signal */
  const interrupt = (signal) => {
    stopRunningCommands(signal);
    console.error('\nInterrupted while setting up; run it again to go on.');
    process.exit(130);
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  try {
    const progress = openProgress(logFile);
    const toolchain = await ensureToolchain(root, progress);
    await ensureDependencies(root, progress, toolchain);
    await ensureWebBuild(root, progress, toolchain);
    return toolchain;
  } catch (error) {
    console.error(`\n${describeSetupFailure(error, logFile)}`);
    return process.exit(1);
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

function requireSupportedSystem() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20) {
    console.error(
      `Node ${process.versions.node} is too old to set this app up: install Node 20 or newer and run it again.`,
    );
    process.exit(1);
  }
  if (process.platform === 'win32') {
    console.error('Windows is not supported directly: run it inside WSL.');
    process.exit(1);
  }
}
