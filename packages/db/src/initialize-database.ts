import { type DatabaseConfig, type DatabaseHandle, openDatabase } from './client.ts';
import { migrateToLatest } from './migrate.ts';

/**
 * Opens a database and brings its schema up to date; `applied` names the migrations that ran, none the second time. Safe
 * for several processes at once.
 *
 * @throws StartupError saying what is wrong and what to do. The database is closed again then.
 */
export async function initializeDatabase(
  config: DatabaseConfig,
): Promise<{ database: DatabaseHandle; applied: string[] }> {
  const database = await openDatabase(config);
  try {
    return { database, ...(await migrateToLatest(database.db)) };
  } catch (error) {
    await database.close();
    throw error;
  }
}
