/**
 * Minutes that a whole run of `npm test` may take on two cores, set-up included: tests that take longer are run less often.
 * With a database server in TEST_DATABASE_URL most of them run twice.
 */
const minutesMax = { embedded: 15, server: 40 };

/**
 * Whether a run has stayed within its time. Only CI counts an overrun as a failure: its machine has nothing else to do.
 * Elsewhere an overrun says nothing about the tests, so there it is only told.
 *
 * @param {number} seconds
 * @param {{ onServer: boolean, isCi: boolean, slowness: number }} run `slowness` as `measureSlowness` tells it: on a machine half as fast a
 * run may take twice as long
 * @returns {{ failed: 0 | 1, message: string | undefined }}
 */
export function judgeDuration(seconds, { onServer, isCi, slowness }) {
  const minutes = Math.max(1, slowness) * (onServer ? minutesMax.server : minutesMax.embedded);
  if (seconds <= minutes * 60) return { failed: 0, message: undefined };
  const on =
    slowness > 1 ? `two cores that take ${slowness.toFixed(2)} times as long as those it is made for` : 'two cores';
  const message = `It took ${(seconds / 60).toFixed(1)} minutes, set-up included. On ${on} it may take ${minutes.toFixed(1).replace('.0', '')}`;
  return isCi
    ? { failed: 1, message: `✘ Time: ${message}. The list above tells where they went.` }
    : { failed: 0, message: `${message}, which only CI insists on (CI=true).` };
}
