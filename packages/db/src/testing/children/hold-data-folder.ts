import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { lockDataFolder } from '../../embedded/data-folder-lock.ts';
import { StartupError } from '../../startup-error.ts';

/** Takes the lock of the data folder it is given and holds it until it is killed, or says why it cannot. */
try {
  // What the caller does not keep must not be lost to the garbage collector either.
  lockDataFolder(process.argv[2] ?? '');
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  console.log('held');
  setInterval(() => undefined, 1_000);
} catch (error) {
  if (!(error instanceof StartupError)) {
    throw error;
  }
  console.log(`${error.code}: ${error.message}`);
  process.exit(75);
}
