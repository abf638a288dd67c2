import { resolve } from 'node:path';
import { readArchive } from '@twin/db/archive/read-archive';
import { openDatabase } from '@twin/db/client';
import { databaseConfigOf } from '../database-config.ts';
import type { Env } from '../env.ts';
import { isEncryptedArchive, readArchiveFile } from './archive-file.ts';
import { askForPassphrase, type CommandResult, startProgress } from './terminal.ts';

/** Fills an empty database from a backup, whichever home it was made in. All of it arrives, or nothing. */
export async function restoreDatabase(env: Env, file: string): Promise<CommandResult> {
  const path = resolve(file);
  const passphrase = (await isEncryptedArchive(path)) ? await askForPassphrase(env.backupPassphrase) : undefined;
  const database = await openDatabase(databaseConfigOf(env));
  const progress = startProgress('Rows', 0);
  try {
    const rows = await readArchive(database, countLines(readArchiveFile(path, passphrase), progress.advance));
    progress.end();
    const { document: documents = 0, message: messages = 0 } = rows;
    const text = `Restored ${documents} documents and ${messages} messages from ${path}. Start the server on it.`;
    return { text, data: { file: path, home: database.home, rows } };
  } finally {
    await database.close();
  }
}

async function* countLines(lines: AsyncIterable<string>, advance: (count: number) => void): AsyncGenerator<string> {
  for await (const line of lines) {
    advance(1);
    yield line;
  }
}
