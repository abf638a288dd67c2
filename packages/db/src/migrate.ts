import { sql } from 'kysely';
import { type Migration, type MigrationProvider, Migrator } from 'kysely/migration';
import type { Db } from './db.ts';
import { liftStatementBound, restoreStatementBound } from './lift-statement-bound.ts';
import * as initial from './migrations/0001-initial.ts';
import * as auth from './migrations/0002-auth.ts';
import * as rateBuckets from './migrations/0003-rate-buckets.ts';
import * as freeStandingVectors from './migrations/0004-free-standing-vectors.ts';
import * as cacheLeases from './migrations/0005-cache-leases.ts';
import * as bm25 from './migrations/0006-bm25.ts';
import * as evaluation from './migrations/0010-evaluation.ts';
import * as wordIndex from './migrations/0013-word-index.ts';
import * as wordsOfAnyLanguage from './migrations/0014-words-of-any-language.ts';
import * as answers from './migrations/0016-answers.ts';
import * as retiredModels from './migrations/0017-retired-models.ts';
import * as pictureCoverage from './migrations/0019-picture-coverage.ts';
import * as documentLifecycle from './migrations/0021-document-lifecycle.ts';
import * as collections from './migrations/0022-collections.ts';
import * as imports from './migrations/0025-imports.ts';
import * as rateLimitSettings from './migrations/0028-rate-limit-settings.ts';
import * as quickerWords from './migrations/0040-quicker-words.ts';
import * as filteredVectorSearch from './migrations/0045-filtered-vector-search.ts';
import * as vectorIndexSetting from './migrations/0046-vector-index-setting.ts';
import * as modelChanges from './migrations/0055-model-changes.ts';
import * as vectorsInOneCall from './migrations/0070-vectors-in-one-call.ts';
import * as importTargets from './migrations/0071-import-targets.ts';
import * as reservedTokens from './migrations/0072-reserved-tokens.ts';
import * as conversationOrigin from './migrations/0080-conversation-origin.ts';
import * as acronymsAndCharacters from './migrations/0090-acronyms-and-characters.ts';
import * as limitsInFixedWindows from './migrations/0120-limits-in-fixed-windows.ts';
import * as moreStemmers from './migrations/0130-more-stemmers.ts';
import * as patience from './migrations/0140-patience.ts';
import * as folders from './migrations/0141-folders.ts';
import * as modelChangeNote from './migrations/0150-model-change-note.ts';
import * as importedValues from './migrations/0160-imported-values.ts';
import * as textsInParts from './migrations/0190-texts-in-parts.ts';
import * as shareLinks from './migrations/0250-share-links.ts';
import * as lettersOfTwo from './migrations/0265-letters-of-two.ts';
import * as withdrawnSources from './migrations/0270-withdrawn-sources.ts';
import * as whenModelsWereFilled from './migrations/0324-when-models-were-filled.ts';
import * as waysToReach from './migrations/0360-ways-to-reach.ts';
import { StartupError } from './startup-error.ts';

/** In order. A migration that has been released never changes; a new one is added at the end. */
export const migrations: Record<string, Migration> = {
  '0001-initial': initial,
  '0002-auth': auth,
  '0003-rate-buckets': rateBuckets,
  '0004-free-standing-vectors': freeStandingVectors,
  '0005-cache-leases': cacheLeases,
  '0006-bm25': bm25,
  '0010-evaluation': evaluation,
  '0013-word-index': wordIndex,
  '0014-words-of-any-language': wordsOfAnyLanguage,
  '0016-answers': answers,
  '0017-retired-models': retiredModels,
  '0019-picture-coverage': pictureCoverage,
  '0021-document-lifecycle': documentLifecycle,
  '0022-collections': collections,
  '0025-imports': imports,
  '0028-rate-limit-settings': rateLimitSettings,
  '0040-quicker-words': quickerWords,
  '0045-filtered-vector-search': filteredVectorSearch,
  '0046-vector-index-setting': vectorIndexSetting,
  '0055-model-changes': modelChanges,
  '0070-vectors-in-one-call': vectorsInOneCall,
  '0071-import-targets': importTargets,
  '0072-reserved-tokens': reservedTokens,
  '0080-conversation-origin': conversationOrigin,
  '0090-acronyms-and-characters': acronymsAndCharacters,
  '0120-limits-in-fixed-windows': limitsInFixedWindows,
  '0130-more-stemmers': moreStemmers,
  '0140-patience': patience,
  '0141-folders': folders,
  '0150-model-change-note': modelChangeNote,
  '0160-imported-values': importedValues,
  '0190-texts-in-parts': textsInParts,
  '0250-share-links': shareLinks,
  '0265-letters-of-two': lettersOfTwo,
  '0270-withdrawn-sources': withdrawnSources,
  '0324-when-models-were-filled': whenModelsWereFilled,
  '0360-ways-to-reach': waysToReach,
};

/**
 * Brings the schema up to date and says which migrations ran. All of them run in one transaction, so a process killed
 * at any statement leaves the schema as it was; several processes may call this at once, one works and the rest wait.
 *
 * @throws StartupError `schema-newer` when a later release has migrated this database; else the failing statement's error.
 */
export async function migrateToLatest(db: Db): Promise<{ applied: string[] }> {
  return await applyMigrations(db, Object.keys(migrations));
}

/** `migrateToLatest` as far as an earlier release went: with these migrations alone. */
export async function applyMigrations(db: Db, names: readonly string[]): Promise<{ applied: string[] }> {
  return await db.connection().execute(async (session) => {
    const present = await listAppliedMigrations(session);
    assertNotNewer(present);
    // Kysely's own look reads the whole catalog, which takes a tenth of a start.
    if (names.every((name) => present.includes(name))) return { applied: [] };
    // A migration takes as long as it takes, and so does waiting for another process that runs one.
    await liftStatementBound(session);
    await sql`set idle_in_transaction_session_timeout = 0`.execute(session);
    try {
      return { applied: await runMigrations(session, names) };
    } finally {
      await restoreStatementBound(session);
      // Fails only on a broken connection, which the pool discards.
      await sql`reset idle_in_transaction_session_timeout`.execute(session).catch(() => undefined);
    }
  });
}

async function runMigrations(session: Db, names: readonly string[]): Promise<string[]> {
  const wanted = Object.entries(migrations).filter(([name]) => names.includes(name));
  const provider: MigrationProvider = { getMigrations: async () => await Promise.resolve(Object.fromEntries(wanted)) };
  const { error, results } = await new Migrator({ db: session, provider }).migrateToLatest();
  if (error !== undefined) {
    throw error instanceof Error ? error : new Error('The migration failed', { cause: error });
  }
  return (results ?? []).filter(({ status }) => status === 'Success').map(({ migrationName }) => migrationName);
}

/** The migrations this database has had, by name; none in a database without tables. */
export async function listAppliedMigrations(session: Db): Promise<string[]> {
  const { rows: tables } = await sql<{ found: boolean }>`
    select to_regclass('kysely_migration') is not null as found`.execute(session);
  if (tables[0]?.found !== true) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(session);
  return rows.map(({ name }) => name);
}

/** The migrations of this release that are not among those a database has had. */
export function listPendingMigrations(applied: readonly string[]): string[] {
  return Object.keys(migrations).filter((name) => !applied.includes(name));
}

/** Of the migrations that a database has had, those of a newer release. */
export function listUnknownMigrations(applied: readonly string[]): string[] {
  return applied.filter((name) => !(name in migrations));
}

/**
 * Rejects where the schema lacks a migration of this release, as when an older copy was restored under a running server. One
 * that a newer release has changed passes, as most changes only add: servers of both run side by side while the older ones
 * are replaced.
 *
 * @param options.hasFailed whether a statement has failed by such a change: then a newer schema does not pass either.
 */
export async function assertSchemaFits(session: Db, { hasFailed }: { hasFailed: boolean }): Promise<void> {
  const applied = await listAppliedMigrations(session);
  const pending = listPendingMigrations(applied);
  if (pending.length > 0) throw new Error(`The schema lacks ${pending.join(', ')}`);
  const unknown = listUnknownMigrations(applied);
  if (hasFailed && unknown.length > 0) throw new Error(`A newer release has changed the schema: ${unknown.join(', ')}`);
}

function assertNotNewer(present: readonly string[]): void {
  const unknown = listUnknownMigrations(present);
  if (unknown.length > 0) {
    throw new StartupError(
      'schema-newer',
      `A newer release has changed this database (${unknown.join(', ')}).`,
      'Start that release or a later one, or restore a copy of the database from before the change.',
    );
  }
}
