import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { countOf } from '@twin/core/count-of';
import { listArchiveTables } from '@twin/db/archive/archive-tables';
import { writeArchive } from '@twin/db/archive/write-archive';
import { openDatabase } from '@twin/db/client';
import { listTableSizes } from '@twin/db/queries/stats';
import { ConfigurationError } from '../configuration-error.ts';
import { databaseConfigOf } from '../database-config.ts';
import type { Env } from '../env.ts';
import { writeArchiveFile } from './archive-file.ts';
import { askForPassphrase, type CommandResult, startProgress } from './terminal.ts';

/**
 * Writes everything the database holds to one file, as it is at one moment, in whichever release's schema it is: a backup
 * is what people make before an update.
 */
export async function backUpDatabase(env: Env, file: string, options: { encrypt?: boolean }): Promise<CommandResult> {
  const path = resolve(file);
  if (await stat(path).catch(() => undefined)) {
    const nextStep = 'Name another file, or move that one away.';
    throw new ConfigurationError([{ name: 'Backup', reason: `${path} is there already`, nextStep }]);
  }
  const passphrase = options.encrypt === true ? await askForPassphrase(env.backupPassphrase) : undefined;
  const database = await openDatabase(databaseConfigOf(env), { leaveAsItIs: true });
  try {
    const archived = new Set((await listArchiveTables(database.db)).map(({ name }) => name));
    // By the statistics: what is written meanwhile changes it a little.
    const tables = (await listTableSizes(database.db)).filter(({ name }) => archived.has(name));
    const progress = startProgress(
      'Rows',
      tables.reduce((sum, table) => sum + table.rows, 0),
    );
    const rows = await writeArchiveFile(path, passphrase, async (write) =>
      writeArchive(database.db, async (line) => {
        progress.advance(1);
        await write(line);
      }),
    );
    progress.end();
    const { size: bytes } = await stat(path);
    const { document: documents = 0, message: messages = 0 } = rows;
    const text = `${path} holds ${countOf(documents, 'document')} and ${countOf(messages, 'message')}, ${(bytes / 1e6).toFixed(1)} MB${passphrase === undefined ? '' : ', encrypted'}.`;
    return { text, data: { file: path, bytes, encrypted: passphrase !== undefined, rows } };
  } finally {
    await database.close();
  }
}
