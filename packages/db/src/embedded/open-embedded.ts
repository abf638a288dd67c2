import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { StartupError } from '../startup-error.ts';
import { type DataFolderLock, lockDataFolder } from './data-folder-lock.ts';
import { EmbeddedPostgres } from './embedded-postgres.ts';

/** The major version whose files the pinned engine reads and writes. */
const POSTGRES_MAJOR = '18';

export interface OpenEmbedded {
  postgres: EmbeddedPostgres;
  /** Closes the engine, then gives the folder free. */
  close: () => Promise<void>;
}

/**
 * Opens, or creates, the Postgres that lives in `dataDir`, in a thread of its own, for this process alone.
 *
 * Durability: a statement that resolved has been handed to the operating system, so it survives the death of this
 * process at any instant (kill -9 included). The engine has no fsync: a power cut or a kernel crash may lose the last
 * seconds, or damage the files. Whoever needs more runs a Postgres server.
 *
 * @throws StartupError `data-folder-in-use`, `data-folder-unusable`, `data-folder-incompatible`; with `leaveAsItIs`
 * `data-folder-empty`, where one would have to be created.
 */
export async function openEmbedded(
  dataDir: string,
  { leaveAsItIs = false }: { leaveAsItIs?: boolean } = {},
): Promise<OpenEmbedded> {
  const folder = resolve(dataDir);
  if (leaveAsItIs) assertCreated(folder);
  const lock = lockDataFolder(folder);
  try {
    const postgres = await openPostgres(folder);
    return { postgres, close: async () => await closeBoth(postgres, lock) };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Before the lock, which would make the folder. */
function assertCreated(folder: string): void {
  if (existsSync(join(folder, 'postgres'))) return;
  throw new StartupError(
    'data-folder-empty',
    `There is no database in ${folder} yet.`,
    'Create it: npm run cli -- init-db. Or name another folder (DATA_DIR), or a server (DATABASE_URL).',
  );
}

async function openPostgres(folder: string): Promise<EmbeddedPostgres> {
  const directory = join(folder, 'postgres');
  if (!existsSync(directory)) {
    await createCluster(folder, directory);
  }
  assertReadable(directory);
  return await start(directory);
}

/** Under another name until it is whole: a creation that was cut short is done again, never opened. */
async function createCluster(folder: string, directory: string): Promise<void> {
  const unfinished = join(folder, 'postgres.unfinished');
  rmSync(unfinished, { recursive: true, force: true });
  const postgres = await start(unfinished);
  await postgres.close();
  renameSync(unfinished, directory);
}

async function start(directory: string): Promise<EmbeddedPostgres> {
  const postgres = new EmbeddedPostgres(directory);
  try {
    await postgres.waitReady;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartupError(
      'data-folder-unusable',
      `The database in ${directory} does not open. ${reason}.`,
      'Check that the disk is not full and the folder is writable. If its files were damaged, restore a copy of the folder.',
      error,
    );
  }
  return postgres;
}

function assertReadable(directory: string): void {
  const versionFile = join(directory, 'PG_VERSION');
  const found = existsSync(versionFile) ? readFileSync(versionFile, 'utf8').trim() : 'no';
  if (found !== POSTGRES_MAJOR) {
    throw new StartupError(
      'data-folder-incompatible',
      `${directory} holds ${found === 'no' ? 'no Postgres files' : `files of Postgres ${found}`}; this release reads those of Postgres ${POSTGRES_MAJOR}.`,
      'Start the release that wrote the folder, or choose another folder (DATA_DIR).',
    );
  }
}

async function closeBoth(postgres: EmbeddedPostgres, lock: DataFolderLock): Promise<void> {
  try {
    await postgres.close();
  } finally {
    lock.release();
  }
}
