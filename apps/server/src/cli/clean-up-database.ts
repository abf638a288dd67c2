import { AppError } from '@twin/core/app-error';
import { sweepDatabase } from '@twin/core/maintenance/sweep-database';
import { openDatabase } from '@twin/db/client';
import { installationScope } from '../auth/authenticate.ts';
import { databaseConfigOf } from '../database-config.ts';
import type { Env } from '../env.ts';
import type { CommandResult } from './terminal.ts';

/** Deletes what has expired, and says how much. A running server does the same by itself every hour. */
export async function cleanUpDatabase(env: Env): Promise<CommandResult> {
  const database = await openDatabase(databaseConfigOf(env), { leaveAsItIs: true });
  try {
    const report = await sweepDatabase({ db: database.db }, installationScope);
    if (report === undefined) {
      const message =
        'Another process is cleaning up at this moment, or was killed while it did. Run this again in a minute.';
      throw new AppError('conflict', message, { reason: 'under-way' });
    }
    const { counts, failures } = report;
    const deleted = Object.entries(counts)
      .filter(([, count]) => count > 0)
      .map(([name, count]) => `${count} ${name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`);
    const text = deleted.length === 0 ? 'There was nothing to delete.' : `Deleted ${deleted.join(', ')}.`;
    if (failures.length === 0) return { text, data: counts };
    const failed = failures.map(({ task, error }) => ({
      task,
      reason: error instanceof Error ? error.message : String(error),
    }));
    const lines = failed.map(({ task, reason }) => `Not done: ${task}: ${reason}`);
    return { text: [text, ...lines].join('\n'), data: { ...counts, failed }, exitCode: 3 };
  } finally {
    await database.close();
  }
}
