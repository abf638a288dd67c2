import { stopRunningCommands } from './command.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { openProgress } from './progress.mjs';
import { describeSetupFailure } from './setup-failure.mjs';
import { ensureToolchain } from './toolchain.mjs';

/**
 * Brings a checkout to the state the app runs in: toolchain and dependencies, then what `also` adds. Each part that is
 * there is left alone. Ends the process with a message when it cannot, and with `lastLine` where that is expected.
 *
 * @template T
 * @param {string} root
 * @param {object} options
 * @param {string} options.logFile
 * @param {NodeJS.WriteStream} [options.out] where progress is shown; standard output unless given
 * @param {string} [options.lastLine]
 * @param {(progress: import('./progress.mjs').Progress, toolchain: import('./toolchain.mjs').Toolchain) => Promise<T>} options.also
 * @returns {Promise<T>} what `also` returned
 */
export async function setUp(root, { logFile, out, lastLine, also }) {
  requireSupportedSystem();
  /** @param {NodeJS.Signals} signal */
  const interrupt = (signal) => {
    stopRunningCommands(signal);
    console.error('\nInterrupted while setting up; run it again to go on.');
    process.exit(130);
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  try {
    const progress = openProgress(logFile, out);
    const toolchain = await ensureToolchain(root, progress);
    await ensureDependencies(root, progress, toolchain);
    return await also(progress, toolchain);
  } catch (error) {
    console.error(`\n${describeSetupFailure(error, logFile)}`);
    if (lastLine !== undefined) console.log(`\n${lastLine}`);
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
