import { execFile } from 'node:child_process';
import process from 'node:process';

/**
 * Programs of the system that start another one without a network, for a user without special rights. Each replaces
 * itself by the program it starts, so the process id stays the same.
 */
function candidate(): [program: string, ...options: string[]] | undefined {
  switch (process.platform) {
    case 'linux': {
      // Root needs no namespace of users, and would lose its right to read other users' files in one.
      const asUser = process.getuid?.() === 0 ? [] : ['--user', '--map-current-user'];
      return ['/usr/bin/unshare', ...asUser, '--net', '--'];
    }
    case 'darwin':
      return ['/usr/bin/sandbox-exec', '-p', '(version 1)(allow default)(deny network*)'];
    default:
      return undefined;
  }
}

let found: Promise<readonly string[]> | undefined;

/**
 * The command to put before another one so that the system gives it no network: empty where the system offers none or
 * forbids it (most containers do). Tried once per process.
 */
export function findNetworkIsolation(): Promise<readonly string[]> {
  found ??= ifItRuns(candidate());
  return found;
}

/** The command, or nothing if what it is put before does not run. */
export async function ifItRuns([program, ...options]: readonly string[] = []): Promise<readonly string[]> {
  if (program === undefined) return [];
  return await new Promise((resolve) => {
    execFile(program, [...options, '/bin/echo', 'started'], { env: {}, timeout: 5_000 }, (error, stdout) => {
      resolve(error === null && stdout === 'started\n' ? [program, ...options] : []);
    });
  });
}
