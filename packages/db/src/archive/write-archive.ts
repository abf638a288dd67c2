import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Db, Tx } from '../db.ts';
import { liftStatementBoundOf } from '../lift-statement-bound.ts';
import { listAppliedMigrations } from '../migrate.ts';
import { ArchiveError } from './archive-error.ts';
import { ARCHIVE_VERSION, markLine } from './archive-lines.ts';
import { listArchiveTables, type TableShape } from './archive-tables.ts';

const rowsAtOnce = 100;
/** Parts of files have 256 KB, and twice that as text. */
const binaryRowsAtOnce = 8;

/**
 * Gives every row of the database to `write`, line by line, as it was at one moment: who writes meanwhile is not held up
 * and not seen. Memory stays at some megabytes. Returns the rows by table.
 *
 * @param write awaited, so that a slow disk slows the reading down.
 * @throws ArchiveError `no-schema` when the database has never been used.
 */
export async function writeArchive(db: Db, write: (line: string) => Promise<void>): Promise<Record<string, number>> {
  return await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      await liftStatementBoundOf(tx);
      await sql`set local idle_in_transaction_session_timeout = 0`.execute(tx);
      const hash = createHash('sha256');
      const writeLine = async (line: string) => {
        hash.update(line).update('\n');
        await write(line);
      };
      const migrations = await listAppliedMigrations(tx);
      if (migrations.length === 0) {
        throw new ArchiveError('no-schema', 'The database is empty.', 'Check DATABASE_URL, or DATA_DIR.');
      }
      await writeLine(
        markLine({
          format: 'digital-twin-archive',
          version: ARCHIVE_VERSION,
          migrations,
          createdAt: new Date().toISOString(),
        }),
      );
      const counts: Record<string, number> = {};
      for (const table of await listArchiveTables(tx)) {
        await writeLine(markLine({ table: table.name }));
        counts[table.name] = await writeRows(tx, table, writeLine);
      }
      await write(markLine({ rows: counts, sha256: hash.digest('hex') }));
      return counts;
    });
}

async function writeRows(tx: Tx, table: TableShape, write: (line: string) => Promise<void>): Promise<number> {
  await sql`declare archived no scroll cursor for
    select to_json(t)::text as line from ${sql.table(table.name)} t`.execute(tx);
  let count = 0;
  for (;;) {
    const limit = sql.raw(String(table.binary ? binaryRowsAtOnce : rowsAtOnce));
    const { rows } = await sql<{ line: string }>`fetch ${limit} from archived`.execute(tx);
    if (rows.length === 0) break;
    for (const { line } of rows) await write(line);
    count += rows.length;
  }
  await sql`close archived`.execute(tx);
  return count;
}
