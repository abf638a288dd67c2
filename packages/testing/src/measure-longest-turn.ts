import { writeFileSync } from 'node:fs';
import process from 'node:process';
import { isMainThread } from 'node:worker_threads';

/*
 * Preloaded into a server (`--import`): keeps in LONGEST_TURN_FILE how long its event loop was kept from everything else at
 * once, in milliseconds of the main thread's own processor time. Of wall-clock time other programs may take any part; of
 * this they take none. SIGUSR2 begins anew: what a start costs is nobody's wait.
 */

const file = process.env['LONGEST_TURN_FILE'];
if (isMainThread && file !== undefined) {
  let longest = 0;
  let last = busyMs();
  setInterval(() => {
    const now = busyMs();
    // Whatever ran between two looks may have run without a break.
    if (now - last > longest) {
      longest = now - last;
      writeFileSync(file, String(longest));
    }
    last = now;
  }, 10).unref();
  process.on('SIGUSR2', () => {
    last = busyMs();
    longest = 0;
  });
}

function busyMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
