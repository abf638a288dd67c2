import { setTimeout as sleep } from 'node:timers/promises';
import type { Deps } from './deps.ts';

const retryWaitMs = 500;
const failuresMax = 20;

/**
 * Does a write that nobody will repeat: a database that is away for some seconds delays it and loses nothing. The write
 * must bear being done twice, for its fate is unknown when the connection breaks.
 *
 * @param about goes into the log with each failure.
 * @throws the last error, after some 10 s.
 */
export async function persist<Result>(
  { logger }: Pick<Deps, 'logger'>,
  about: object,
  write: () => Promise<Result>,
): Promise<Result> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await write();
    } catch (error) {
      logger.warn({ ...about, err: error, failures }, 'A write failed');
      if (failures === failuresMax) throw error;
      await sleep(retryWaitMs);
    }
  }
}
