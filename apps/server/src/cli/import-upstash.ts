import process from 'node:process';
import { importKeys } from '@twin/core/upstash/import-keys';
import { forgetNamespace, importNamespace } from '@twin/core/upstash/import-namespace';
import { defaultKeyPrefixes, type KeyPrefixes } from '@twin/core/upstash/map-key';
import { type KeyPlan, planKeyImport, planVectorImport, type VectorPlan } from '@twin/core/upstash/plan-import';
import type { KeySource, VectorSource } from '@twin/core/upstash/sources';
import { verifyKeys } from '@twin/core/upstash/verify-keys';
import { verifyNamespace } from '@twin/core/upstash/verify-vectors';
import { type DatabaseConfig, type DatabaseHandle, openDatabase } from '@twin/db/client';
import type { Db } from '@twin/db/db';
import { initializeDatabase } from '@twin/db/initialize-database';
import { listAppliedMigrations, listPendingMigrations } from '@twin/db/migrate';
import type { TwinScope } from '@twin/db/scope';
import { StartupError } from '@twin/db/startup-error';
import { systemClock } from '../adapters/system-clock.ts';
import { createUpstashKeySource } from '../adapters/upstash-key-source.ts';
import { createUpstashVectorSource } from '../adapters/upstash-vector-source.ts';
import { installationScope } from '../auth/authenticate.ts';
import { ConfigurationError } from '../configuration-error.ts';
import { databaseConfigOf } from '../database-config.ts';
import { composeEmbedder } from '../deps.ts';
import type { Env } from '../env.ts';
import { describeImportPlan } from './describe-import-plan.ts';
import { describeImportResult, type ImportReport } from './describe-import-result.ts';
import { askToGoOn, type CommandResult, requireSomebody, startProgress } from './terminal.ts';

export interface ImportUpstashOptions {
  dryRun?: boolean;
  yes?: boolean;
  rateLimitPrefix?: string[];
  ingestionPrefix?: string[];
}

interface Sources {
  vectors: VectorSource | undefined;
  keys: KeySource | undefined;
  prefixes: KeyPrefixes;
}

type Deps = Parameters<typeof importNamespace>[0] & Parameters<typeof importKeys>[0];

/** Shows what would be done, asks, reads everything from Upstash, and compares both sides. Never writes to Upstash. */
export async function importUpstash(env: Env, options: ImportUpstashOptions): Promise<CommandResult> {
  const sources = openSources(env, options);
  if (options.dryRun !== true && options.yes !== true)
    requireSomebody('Look at what is planned with --dry-run, then run it again with --yes.');
  const config = databaseConfigOf(env);
  const others = { embedder: composeEmbedder(env), clock: systemClock };
  if (options.dryRun === true) {
    const looked = await openToLook(config);
    try {
      return await showPlan({ ...others, db: looked?.db }, installationScope, sources);
    } finally {
      await looked?.close();
    }
  }
  const { database } = await initializeDatabase(config);
  try {
    const deps = { ...others, db: database.db, databaseHome: database.home };
    return await importInto(deps, installationScope, sources, options);
  } finally {
    await database.close();
  }
}

/** Without a folder yet there is nothing to look into, and none is made. */
async function openToLook(config: DatabaseConfig): Promise<DatabaseHandle | undefined> {
  try {
    return await openDatabase(config, { leaveAsItIs: true });
  } catch (error) {
    if (error instanceof StartupError && error.code === 'data-folder-empty') return undefined;
    throw error;
  }
}

type LookingDeps = Pick<Deps, 'embedder' | 'clock'> & { db: Db | undefined };

async function plan(deps: LookingDeps, scope: TwinScope, sources: Sources) {
  const { embedder } = deps;
  const db = deps.db && (await withSchema(deps.db));
  const vectors = sources.vectors && (await planVectorImport({ embedder, db }, scope, sources.vectors));
  const keys = sources.keys && (await planKeyImport(deps, sources.keys, sources.prefixes));
  return { vectors, keys };
}

/** `importUpstash --dry-run` for a database that is open already; undefined where none has been made yet. */
export async function showPlan(deps: LookingDeps, scope: TwinScope, sources: Sources): Promise<CommandResult> {
  const { vectors, keys } = await plan(deps, scope, sources);
  const text = `${describeImportPlan(vectors, keys)}\n\nNothing was written. Without --dry-run this is what happens.`;
  return { text, data: { vectors, keys } };
}

/** `importUpstash` for a database that is open already. */
export async function importInto(
  deps: Deps,
  scope: TwinScope,
  sources: Sources,
  options: Pick<ImportUpstashOptions, 'yes'>,
): Promise<CommandResult> {
  const { vectors, keys } = await plan(deps, scope, sources);
  if (options.yes !== true) {
    process.stderr.write(`${describeImportPlan(vectors, keys)}\n\n`);
    if (!(await askToGoOn('Import this?'))) return { text: 'Nothing was written.', data: null, exitCode: 1 };
  }
  const report = await runImport(deps, scope, sources, vectors, keys);
  const passed = report.namespaces.every(({ verdict }) => verdict.passed) && (report.keys?.verdict.passed ?? true);
  return { text: describeImportResult(report), data: report, exitCode: passed ? 0 : 3 };
}

/**
 * The database, undefined where it has no schema yet and so holds nothing.
 * @throws ConfigurationError when its schema is of an earlier release: what it holds cannot be told then.
 */
async function withSchema(db: Db): Promise<Db | undefined> {
  const applied = await listAppliedMigrations(db);
  if (applied.length === 0) return undefined;
  const pending = listPendingMigrations(applied);
  if (pending.length === 0) return db;
  const reason = `its schema is of an earlier release (${pending.join(', ')} to come)`;
  throw new ConfigurationError([{ name: 'Database', reason, nextStep: 'Run first: npm run cli -- init-db' }]);
}

/** @throws ConfigurationError when neither has an address and a token. */
export function openSources(env: Env, { rateLimitPrefix, ingestionPrefix }: ImportUpstashOptions): Sources {
  const onWait = (waitMs: number, reason: string) =>
    void process.stderr.write(`Upstash: ${reason}; waiting ${(waitMs / 1000).toFixed(1)} s\n`);
  const vectors = env.upstashVector && createUpstashVectorSource({ ...env.upstashVector, onWait });
  const keys = env.upstashRedis && createUpstashKeySource({ ...env.upstashRedis, onWait });
  if (vectors === undefined && keys === undefined) {
    const nextStep =
      'Set UPSTASH_VECTOR_REST_URL and UPSTASH_VECTOR_REST_TOKEN, or UPSTASH_REDIS_REST_URL and UPSTASH_REDIS_REST_TOKEN, ' +
      'as the replaced app had them. Read-only tokens are enough.';
    throw new ConfigurationError([{ name: 'Upstash', reason: 'no address and token are set', nextStep }]);
  }
  const prefixes = {
    rateLimits: rateLimitPrefix ?? defaultKeyPrefixes.rateLimits,
    ingestions: ingestionPrefix ?? defaultKeyPrefixes.ingestions,
  };
  return { vectors, keys, prefixes };
}

async function runImport(
  deps: Deps,
  scope: TwinScope,
  { vectors, keys, prefixes }: Sources,
  vectorPlan: VectorPlan | undefined,
  keyPlan: KeyPlan | undefined,
): Promise<ImportReport> {
  const report: ImportReport = { namespaces: [], keys: null };
  if (vectors !== undefined && vectorPlan !== undefined) {
    const { embeddings, namespaces, vanished } = vectorPlan;
    for (const { name: namespace } of vanished) {
      const task = { source: vectors, namespace, embeddings };
      const pass = await forgetNamespace(deps, scope, task);
      report.namespaces.push({ namespace, pass, verdict: await verifyNamespace(deps, scope, task) });
    }
    for (const { name: namespace, vectorCount } of namespaces) {
      const progress = startProgress(`Vectors${namespace === '' ? '' : ` of ${namespace}`}`, vectorCount);
      const task = { source: vectors, namespace, embeddings };
      const onPage = ({ read }: { read: number }) => progress.advance(read);
      const pass = await importNamespace(deps, scope, { ...task, onPage });
      progress.end();
      report.namespaces.push({ namespace, pass, verdict: await verifyNamespace(deps, scope, task) });
    }
  }
  if (keys !== undefined && keyPlan !== undefined) {
    const progress = startProgress('Keys', keyPlan.keyCount);
    const task = { source: keys, prefixes };
    const onPage = ({ read }: { read: number }) => progress.advance(read);
    const pass = await importKeys(deps, scope, { ...task, onPage });
    progress.end();
    report.keys = { pass, verdict: await verifyKeys(deps, scope, { ...task, surplus: pass.surplus }) };
  }
  return report;
}
