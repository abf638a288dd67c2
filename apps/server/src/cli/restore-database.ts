import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { countOf } from '@twin/core/count-of';
import { watchIndexBuild } from '@twin/core/maintenance/watch-index-build';
import { readArchive } from '@twin/db/archive/read-archive';
import { openDatabase } from '@twin/db/client';
import { databaseConfigOf } from '../database-config.ts';
import type { Env } from '../env.ts';
import { isEncryptedArchive, readArchiveFile } from './archive-file.ts';
import { showIndexBuild } from './show-index-build.ts';
import { askForPassphrase, type CommandResult, startProgress } from './terminal.ts';

/** Fills an empty database from a backup, whichever home it was made in. All of it arrives, or nothing. */
export async function restoreDatabase(env: Env, file: string): Promise<CommandResult> {
  const path = resolve(file);
  const passphrase = (await isEncryptedArchive(path)) ? await askForPassphrase(env.backupPassphrase) : undefined;
  const { size } = await stat(path);
  const progress = startProgress('MB of the backup', size / 1e6);
  const lines = readArchiveFile(path, passphrase, (count) => progress.advance(count / 1e6));
  // A file that is none, or another passphrase's, is refused before a database is opened.
  const first = await lines.next();
  const database = await openDatabase(databaseConfigOf(env));
  const index = showIndexBuild(() => progress.end());
  // The embedded database has no index on vectors to build, and one connection, which is taken.
  const stopWatching =
    database.home === 'server' ? watchIndexBuild(database.db, undefined, index.show) : () => undefined;
  try {
    const rows = await readArchive(database, withFirst(first.done === true ? '' : first.value, lines));
    stopWatching();
    index.end();
    const { document: documents = 0, message: messages = 0 } = rows;
    const text = `Restored ${countOf(documents, 'document')} and ${countOf(messages, 'message')} from ${path}. Start the server on it.`;
    return { text, data: { file: path, home: database.home, rows } };
  } finally {
    stopWatching();
    await database.close();
  }
}

async function* withFirst(first: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}
