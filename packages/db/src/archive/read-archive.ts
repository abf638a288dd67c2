import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { DatabaseHandle, DatabaseHome } from '../client.ts';
import type { Db, Tx } from '../db.ts';
import { liftStatementBound, liftStatementBoundOf, restoreStatementBound } from '../lift-statement-bound.ts';
import { applyMigrations, listAppliedMigrations, migrateToLatest, migrations } from '../migrate.ts';
import { setCacheDurability } from '../queries/cache-durability.ts';
import {
  activateEmbeddingModel,
  createEmbeddingIndex,
  createEmbeddingTable,
  listEmbeddingModels,
} from '../queries/embedding-models.ts';
import { ArchiveError } from './archive-error.ts';
import { ARCHIVE_VERSION, type ArchiveEnd, type ArchiveHead, readMark } from './archive-lines.ts';
import { listArchiveTables } from './archive-tables.ts';
import { putOffIndexes } from './put-off-indexes.ts';
import { restoreSequences } from './restore-sequences.ts';

/** A batch is sent when it has so many rows, or so many characters. */
const batchRows = 200;
const batchCharacters = 4_000_000;

const takeAnother = 'Make another backup, or take another copy of this one.';

/**
 * Fills an empty database with an archive's rows, in one transaction: all of them, verified by count and hash, or none.
 * The archive may come from the other home or from an earlier release, whose schema is then brought up to date. Indexes
 * are built after loading, and statistics are gathered at the end.
 *
 * @throws ArchiveError `not-an-archive`, `damaged`, `newer-release`, or `not-empty` when the database holds anything.
 */
export async function readArchive(
  { db, home }: Pick<DatabaseHandle, 'db' | 'home'>,
  lines: AsyncIterable<string>,
): Promise<Record<string, number>> {
  const iterator = lines[Symbol.asyncIterator]();
  const first = await iterator.next();
  const head = readHead(first.done === true ? '' : first.value);
  await assertEmpty(db);
  await prepareSchema(db, head);
  const rows = await db.transaction().execute(async (tx) => await load(tx, home, first.value as string, iterator));
  await migrateToLatest(db);
  // What is restored is committed; where statistics cannot be gathered now, the server gathers them by itself later.
  await analyze(db).catch(() => undefined);
  return rows;
}

/** Until somebody does, statements are planned as if the tables were empty. */
async function analyze(db: Db): Promise<void> {
  await db.connection().execute(async (session) => {
    await liftStatementBound(session);
    await sql`analyze`.execute(session);
    await restoreStatementBound(session);
  });
}

function readHead(line: string): ArchiveHead {
  const mark = line.startsWith('#{') ? readMark(line) : undefined;
  if (mark === undefined || !('format' in mark)) {
    throw new ArchiveError(
      'not-an-archive',
      'This is not a backup of Digital Twin.',
      'Name a file that `backup` made.',
    );
  }
  const unknown = mark.migrations.filter((name) => !(name in migrations));
  if (mark.version > ARCHIVE_VERSION || unknown.length > 0) {
    const message = 'A newer release has made this backup.';
    throw new ArchiveError('newer-release', message, 'Restore it with that release or a later one.');
  }
  return mark;
}

/**
 * Every row but the twin that each database has from the start would be lost or mixed with the backup's.
 *
 * @throws ArchiveError `not-empty`
 */
async function assertEmpty(db: Db): Promise<void> {
  for (const { name } of await listArchiveTables(db)) {
    if (name === 'twin') continue;
    const { rows } = await sql`select from ${sql.table(name)} limit 1`.execute(db);
    if (rows.length > 0) {
      throw new ArchiveError(
        'not-empty',
        `The database holds data already (in ${name}), which a restore would lose or mix with the backup.`,
        'Point DATABASE_URL at an empty database, or DATA_DIR at a new folder.',
      );
    }
  }
}

/** Brings an empty database to the schema that the rows fit: the archive's own. */
async function prepareSchema(db: Db, head: ArchiveHead): Promise<void> {
  if ((await listAppliedMigrations(db)).some((name) => !head.migrations.includes(name))) {
    throw new ArchiveError(
      'not-empty',
      'The database has a newer schema than the backup.',
      'Restore it into a database without tables; the schema is then brought up to date.',
    );
  }
  await applyMigrations(db, head.migrations);
}

async function load(
  tx: Tx,
  home: DatabaseHome,
  firstLine: string,
  lines: AsyncIterator<string>,
): Promise<Record<string, number>> {
  await liftStatementBoundOf(tx);
  await sql`set local idle_in_transaction_session_timeout = 0`.execute(tx);
  // Unlogged it would not be among the tables, and the archive may hold it.
  await setCacheDurability(tx, 'logged');
  const present = sql.join((await listArchiveTables(tx)).map(({ name }) => sql.table(name)));
  // Somebody may have written since the first look; from here on nobody does.
  await sql`lock table ${present} in access exclusive mode`.execute(tx);
  await assertEmpty(tx);
  await sql`truncate ${present} cascade`.execute(tx);
  // What triggers keep is in the archive as well.
  await sql`alter table chunk disable trigger user`.execute(tx);
  const buildIndexes = await putOffIndexes(tx);
  const { rows, end, sha256 } = await loadRows(tx, home, firstLine, lines);
  if (end === undefined) throw new ArchiveError('damaged', 'The backup is cut off: its end is missing.', takeAnother);
  if (end.sha256 !== sha256) throw new ArchiveError('damaged', 'The backup has been changed or damaged.', takeAnother);
  await sql`alter table chunk enable trigger user`.execute(tx);
  await buildIndexes();
  await restoreSequences(tx);
  for (const model of await listEmbeddingModels(tx)) {
    await createEmbeddingIndex(tx, home, model);
    if (model.state === 'active') await activateEmbeddingModel(tx, model.id);
  }
  return rows;
}

async function loadRows(tx: Tx, home: DatabaseHome, firstLine: string, lines: AsyncIterator<string>) {
  const hash = createHash('sha256').update(firstLine).update('\n');
  const rows: Record<string, number> = {};
  let end: ArchiveEnd | undefined;
  let table = '';
  let columns = '';
  let batch: string[] = [];
  let characters = 0;
  const flush = async () => {
    if (batch.length > 0) await insertRows(tx, table, columns, batch);
    batch = [];
    characters = 0;
  };
  for (let next = await lines.next(); next.done !== true; next = await lines.next()) {
    const line = next.value;
    const mark = readMark(line);
    if (mark !== undefined && 'sha256' in mark) {
      end = mark;
      break;
    }
    hash.update(line).update('\n');
    if (mark === undefined) {
      batch.push(line);
      characters += line.length;
      rows[table] = (rows[table] ?? 0) + 1;
      if (batch.length >= batchRows || characters >= batchCharacters) await flush();
    } else if ('table' in mark) {
      await flush();
      table = mark.table;
      rows[table] = 0;
      columns = await prepareTable(tx, home, table);
    }
  }
  await flush();
  return { rows, end, sha256: hash.digest('hex') };
}

/** The columns to fill; a model's table of vectors is made first, in this home's type. */
async function prepareTable(tx: Tx, home: DatabaseHome, table: string): Promise<string> {
  const [, modelId] = /^chunk_embedding_(\d+)$/.exec(table) ?? [];
  const model = (await listEmbeddingModels(tx)).find(({ id }) => id === Number(modelId));
  if (model !== undefined) await createEmbeddingTable(tx, home, model);
  const shape = (await listArchiveTables(tx)).find(({ name }) => name === table);
  if (shape === undefined)
    throw new ArchiveError('damaged', `The backup holds a table “${table}” of no release.`, takeAnother);
  return shape.columns;
}

async function insertRows(tx: Tx, table: string, columns: string, lines: readonly string[]): Promise<void> {
  const fields = sql.raw(columns);
  await sql`
    insert into ${sql.table(table)} (${fields}) overriding system value
    select ${fields} from json_populate_recordset(null::${sql.table(table)}, ${`[${lines.join(',')}]`}::json)`.execute(
    tx,
  );
}
