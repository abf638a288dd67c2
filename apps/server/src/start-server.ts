import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Installation } from '@twin/api/context';
import { endStaleAnswers } from '@twin/core/chat/end-stale-answers';
import { createTurnRunner } from '@twin/core/chat/turn-runner';
import type { Deps } from '@twin/core/deps';
import { replaceShippedModel } from '@twin/core/embedding-models/replace-shipped-model';
import type { Logger } from '@twin/core/ports';
import { type DatabaseHandle, openDatabase } from '@twin/db/client';
import { assertSchemaFits, migrateToLatest } from '@twin/db/migrate';
import { countAnswersByState, countVersionsByStage } from '@twin/db/queries/activity';
import { setCacheDurability } from '@twin/db/queries/cache-durability';
import { pingDatabase } from '@twin/db/queries/ping';
import { createMetrics, type Metrics } from './adapters/prometheus-metrics.ts';
import { openAccess } from './auth/access.ts';
import { installationScope } from './auth/authenticate.ts';
import { databaseConfigOf, jobConnectionsMax } from './database-config.ts';
import { composeDeps } from './deps.ts';
import type { Env } from './env.ts';
import { createApp } from './http/app.ts';
import { assertCanListen } from './http/assert-can-listen.ts';
import { type Listening, listen } from './http/listen.ts';
import { createReadiness } from './http/readiness.ts';
import { createRequestsUnderWay } from './http/requests-under-way.ts';
import type { ServerParts } from './http/server-parts.ts';
import { loadWebApp } from './http/web-app.ts';
import { openJobs } from './jobs/open-jobs.ts';
import { sweepExpiredRows } from './sweep-expired-rows.ts';

export interface RunningServer {
  url: string;
  port: number;
  installation: Installation;
  /** The one-time code that makes its holder the owner; null when none is needed. */
  ownerCode: string | null;
  /** Resolves when the embedded database has died under the server. */
  lost: Promise<Error>;
  /** Stops taking work, lets answers and requests finish (bounded), ends streams, releases jobs, closes the database. */
  close(): Promise<void>;
}

const webAppFolder = join(import.meta.dirname, '../../web/dist');
const drainMsMax = 10_000;
const cutOffMsMax = 5_000;

/**
 * Opens the database and starts everything on it.
 * @throws ConfigurationError or StartupError saying what is wrong and what to do.
 */
export async function startServer(env: Env, logger: Logger): Promise<RunningServer> {
  await assertCanListen(env);
  const config = databaseConfigOf(env, (error) => {
    logger.warn({ error }, 'a connection to the database broke; another one takes its place');
  });
  // Some seconds for a new database, or for one that has a crash to repair.
  logger.info({ home: env.databaseUrl === undefined ? 'embedded' : 'server' }, 'opening the database …');
  return await startServerOn(await openDatabase(config), env, logger);
}

/**
 * Brings the schema of an open database up to date, starts the jobs and then the doors. The server owns the database
 * from here on: it is closed with the server, or at once when a step fails.
 */
export async function startServerOn(database: DatabaseHandle, env: Env, logger: Logger): Promise<RunningServer> {
  await using opened = new AsyncDisposableStack();
  opened.defer(() => database.close());
  await prepareDatabase(database, logger);
  await setCacheDurability(database.db, env.cacheUnlogged ? 'unlogged' : 'logged');
  const access = await openAccess(env, database.db, logger);
  const jobs = await openJobs(database, logger, jobConnectionsMax(env.databasePoolMax));
  opened.defer(() => jobs.stop());
  const deps = composeDeps(env, database, jobs.queue, logger);
  if (access.kind === 'owner') {
    const { visitors } = access;
    opened.defer(deps.announcements.subscribe('share-links', () => visitors.forget()));
  }
  await endStaleAnswers(deps, installationScope);
  await jobs.work(deps);
  await replaceShippedModel(deps, installationScope);
  const metrics = measure(database, deps);
  opened.defer(sweepExpiredRows(database.db, logger, (deleted) => metrics.observeSweep(deleted)));

  const closing = new AbortController();
  const installation: Installation = { access: access.kind, listening: '' };
  const parts: ServerParts = {
    env,
    deps,
    access,
    installation,
    turns: createTurnRunner(deps),
    metrics,
    readiness: createReadiness({
      database: () => pingDatabase(database.db),
      schema: () => assertSchemaFits(database.db, { hasFailed: database.hasFailedByNewerSchema() }),
      worker: () => jobs.check(),
    }),
    requests: createRequestsUnderWay(),
    webApp: await loadWebApp(webAppFolder),
    closing: closing.signal,
  };
  const listening = await listen(createApp(parts), env);
  installation.listening = env.publicOrigin ?? listening.url;
  const resources = opened.move();
  return {
    url: installation.listening,
    port: listening.port,
    installation,
    ownerCode: access.kind === 'owner' ? access.ownerClaim.code : null,
    lost: database.lost,
    close: async () => {
      await drain(parts, listening, closing);
      await resources.disposeAsync();
    },
  };
}

function measure(database: DatabaseHandle, deps: Deps): Metrics {
  return createMetrics({
    ingestionsByStage: () => countVersionsByStage(database.db, installationScope),
    answersByState: () => countAnswersByState(database.db, installationScope),
    cacheLookups: () => deps.cache.statistics(),
    vectorSearches: () => deps.searchSlots.statistics(),
    databasePool: () => database.poolStatistics(),
  });
}

async function drain({ readiness, turns, requests }: ServerParts, listening: Listening, closing: AbortController) {
  readiness.close();
  const allClosed = listening.stopAccepting();
  const drainUntil = performance.now() + drainMsMax;
  await requests.ended(drainMsMax);
  // Not before: a question that was on its way has begun its answer by now.
  await turns.drain(Math.max(0, drainUntil - performance.now()));
  closing.abort();
  // Time for streams to send their last bytes; whoever has not taken them by then is cut off.
  await Promise.race([allClosed, delay(500)]);
  listening.closeAllConnections();
  await allClosed;
  // Whoever was cut off still takes back what it had begun, for which it needs the database.
  await requests.ended(cutOffMsMax);
}

async function prepareDatabase(database: DatabaseHandle, logger: Logger): Promise<void> {
  for (const warning of database.warnings) {
    logger.warn({}, warning);
  }
  const { applied } = await migrateToLatest(database.db);
  logger.debug({ applied }, 'migrations');
  logger.info({ version: database.serverVersion, migrated: applied.length }, 'database is ready');
}
