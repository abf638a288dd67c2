import { AppError } from '@twin/core/app-error';
import { ArchiveError } from '@twin/db/archive/archive-error';
import { postgresErrorCode } from '@twin/db/postgres-error';
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

/** What is wrong and what to do, one paragraph a problem. Only an error nobody foresaw shows its stack. */
export function describeFailure(headline: string, error: unknown): string {
  const problems = problemsOf(error)
    .map(({ name, reason, nextStep }) => `  ${name}: ${reason}\n${nextStep === '' ? '' : `  → ${nextStep}\n`}`)
    .join('\n');
  return `\n${headline}\n\n${problems}\n`;
}

/** 2 when another process holds the data folder, which a supervisor may want to tell apart; else 1. */
export function exitCodeOf(error: unknown): number {
  return error instanceof StartupError && error.code === 'data-folder-in-use' ? 2 : 1;
}

function problemsOf(error: unknown): readonly ConfigurationProblem[] {
  if (error instanceof ConfigurationError) {
    return error.problems;
  }
  if (error instanceof StartupError) {
    return [{ name: 'Database', reason: error.message, nextStep: error.nextStep }];
  }
  if (postgresErrorCode(error) === '53100') {
    const reason = error instanceof Error ? error.message : 'could not write';
    return [{ name: 'Database', reason, nextStep: 'Free some space on the disk that holds the database.' }];
  }
  if (error instanceof ArchiveError) {
    return [{ name: 'Backup', reason: error.message, nextStep: error.nextStep }];
  }
  if (error instanceof AppError) {
    return [{ name: 'Problem', reason: error.message, nextStep: '' }];
  }
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [{ name: 'Unexpected error', reason, nextStep: 'Please report this with the lines above.' }];
}
