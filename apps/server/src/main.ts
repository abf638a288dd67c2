import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { createLogger } from './adapters/pino-logger.ts';
import { loadEnv } from './env.ts';
import { describeFailure, describeStart, exitCodeOf } from './start-report.ts';
import { startServer } from './start-server.ts';

/** Answers and jobs get 10 s each to end, and the database some to write what it holds. */
const stopMsMax = 60_000;
/** A signal that comes again this soon is the same one. */
const repeatedMsMax = 1_000;

try {
  const env = loadEnv();
  const logger = createLogger({ level: env.logLevel, forPerson: process.stdout.isTTY });

  process.on('uncaughtException', (error) => {
    logger.error({ error }, 'unexpected error outside any request: stopping');
    process.exit(1);
  });

  const server = await startServer(env, logger);
  void server.lost.then((error) => {
    logger.error({ error }, 'the embedded database has stopped: stopping');
    process.exit(1);
  });

  let stoppingSince: number | undefined;
  const stop = async (signal: NodeJS.Signals) => {
    if (stoppingSince !== undefined) {
      // A terminal, npm and a supervisor may each pass the same signal on; a person's second thought comes later.
      if (performance.now() - stoppingSince > repeatedMsMax) process.exit(1);
      return;
    }
    stoppingSince = performance.now();
    logger.info({ signal }, 'stopping: answers being written may take up to 10 s; a second signal stops at once');
    // What cannot be closed in time, a database that answers nothing, must not keep the process: a start repairs it.
    const closed = await Promise.race([server.close().then(() => true), delay(stopMsMax, false)]);
    if (closed) logger.info({}, 'stopped');
    else logger.error({}, 'could not close everything in time: ended without');
    process.exit(closed ? 0 : 1);
  };
  process.on('SIGINT', (signal) => void stop(signal));
  process.on('SIGTERM', (signal) => void stop(signal));
  // After the handlers: whoever reads this may stop it at once.
  process.stdout.write(describeStart(server));
} catch (error) {
  process.stderr.write(describeFailure('Digital Twin cannot start.', error));
  process.exit(exitCodeOf(error));
}
