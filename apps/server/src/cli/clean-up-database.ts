import { sweepDatabase } from '@twin/core/maintenance/sweep-database';
import { openDatabase } from '@twin/db/client';
import { installationScope } from '../auth/authenticate.ts';
import { databaseConfigOf } from '../database-config.ts';
import type { Env } from '../env.ts';
import type { CommandResult } from './terminal.ts';

/** Deletes what has expired, and says how much. A running server does the same by itself every hour. */
export async function cleanUpDatabase(env: Env): Promise<CommandResult> {
  const database = await openDatabase(databaseConfigOf(env));
  try {
    const counts = await sweepDatabase({ db: database.db }, installationScope);
    if (counts === undefined) return { text: 'Another process is cleaning up at this moment.', data: null };
    const deleted = Object.entries(counts)
      .filter(([, count]) => count > 0)
      .map(([name, count]) => `${count} ${name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`);
    const text = deleted.length === 0 ? 'There was nothing to delete.' : `Deleted ${deleted.join(', ')}.`;
    return { text, data: counts };
  } finally {
    await database.close();
  }
}
