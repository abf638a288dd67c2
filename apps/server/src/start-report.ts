import { AppError } from '@twin/core/app-error';
import { ArchiveError } from '@twin/db/archive/archive-error';
import { isDatabaseUnavailable } from '@twin/db/is-database-unavailable';
import { postgresErrorCode } from '@twin/db/postgres-error';
import { isOfNewerSchema } from '@twin/db/server/schema-watch';
import { StartupError } from '@twin/db/startup-error';
import { ConfigurationError, type ConfigurationProblem } from './configuration-error.ts';
import type { RunningServer } from './start-server.ts';

/** What a person needs to see once the server listens. */
export function describeStart({ url, installation, ownerCode }: RunningServer): string {
  // An unspecified address is where the server listens; it is not one that a browser opens.
  const lines = [`Digital Twin is ready: ${url.replace(/\/\/(0\.0\.0\.0|\[::\])(?=:)/, '//localhost')}`];
  if (installation.access === 'local') {
    lines.push('Only this machine can open it, so it needs no account. Ctrl-C stops it.');
  }
  if (ownerCode !== null) {
    lines.push('It has no owner yet. Open it and claim it with this one-time code:', '', `    ${ownerCode}`, '');
  }
  return `${lines.join('\n')}\n`;
}

export interface Failure {
  /** What kind of failure it is, for a script to tell them apart; `unexpected` for one that nobody foresaw. */
  code: string;
  problems: readonly ConfigurationProblem[];
}

/** What is wrong and what to do, one paragraph a problem. Only an error nobody foresaw shows its stack. */
export function describeFailure(headline: string, error: unknown): string {
  const problems = failureOf(error)
    .problems.map(({ name, reason, nextStep }) => `  ${name}: ${reason}\n${nextStep === '' ? '' : `  → ${nextStep}\n`}`)
    .join('\n');
  return `\n${headline}\n\n${problems}\n`;
}

/** 2 when another process stands in the way, which a supervisor may want to tell apart; else 1. */
export function exitCodeOf(error: unknown): number {
  const { code } = failureOf(error);
  return code === 'data-folder-in-use' || code === 'under-way' ? 2 : 1;
}

/** What went wrong, for a script to read: its kind, and each problem. */
export function failureOf(error: unknown): Failure {
  if (error instanceof ConfigurationError) {
    return { code: 'configuration', problems: error.problems };
  }
  if (error instanceof StartupError) {
    return {
      code: error.code,
      problems: [{ name: 'Database', reason: error.message, nextStep: error.nextStep }],
    };
  }
  const ofDatabase = failureOfDatabase(error);
  if (ofDatabase !== undefined) return ofDatabase;
  if (error instanceof ArchiveError) {
    return { code: error.code, problems: [{ name: 'Backup', reason: error.message, nextStep: error.nextStep }] };
  }
  if (error instanceof AppError) {
    return { code: error.reason ?? error.code, problems: [{ name: 'Problem', reason: error.message, nextStep: '' }] };
  }
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const nextStep = 'Please report this with the lines above.';
  return { code: 'unexpected', problems: [{ name: 'Unexpected error', reason, nextStep }] };
}

/** A table or a column that is not there. */
const schemaCodes: ReadonlySet<unknown> = new Set(['42P01', '42703']);

/** What the database is in the way with, where that is no fault of the program. */
function failureOfDatabase(error: unknown): Failure | undefined {
  if (!(error instanceof Error)) return undefined;
  const name = 'Database';
  const code = postgresErrorCode(error);
  if (code === '53100') {
    const nextStep = 'Free some space on the disk that holds the database.';
    return { code: 'storage-full', problems: [{ name, reason: error.message, nextStep }] };
  }
  if (isOfNewerSchema(error)) {
    const reason = `A newer release has changed it: ${error.message.replace(/^error: /, '')}.`;
    return {
      code: 'schema-newer',
      problems: [{ name, reason, nextStep: 'Run this with that release or a later one.' }],
    };
  }
  if (schemaCodes.has(code)) {
    const reason = `It is empty, or its schema is another release's: ${error.message.replace(/^error: /, '')}.`;
    const nextStep = 'See what `npm run cli -- doctor` says; `npm run cli -- init-db` brings it up to date.';
    return { code: 'schema-missing', problems: [{ name, reason, nextStep }] };
  }
  if (isDatabaseUnavailable(error)) {
    const reason = `The connection was lost: ${error.message}.`;
    const nextStep = 'Run this again when the database answers; it goes on, or begins anew.';
    return { code: 'database-unavailable', problems: [{ name, reason, nextStep }] };
  }
  return undefined;
}
