import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { DatabaseHandle } from '../client.ts';
import type { Db } from '../db.ts';

export type PausePoint =
  | 'acceptance'
  | 'recognition'
  | 'last text part'
  | 'reading'
  | 'failing'
  | 'next passages'
  | 'chunking'
  | 'next vectors'
  | 'embedding'
  | 'publishing'
  | 'published';

interface Pause {
  /** `update` where nothing is said. */
  event?: 'insert';
  /** `document_version` where nothing is said. */
  table?: 'twin';
  when: string;
  /** What a trigger's own condition cannot ask: about other rows than its own. */
  onlyIf?: string;
}

/** Where ingestion can be made to stand still: within a statement that has done something and not committed it. */
const pauses: Record<PausePoint, Pause> = {
  /** A document called `unheard`, before it is acknowledged. */
  acceptance: { event: 'insert', when: "new.document_id = 'unheard'" },
  /** The first sign of a second reading, which goes on outside of the database: that of text in pictures. */
  recognition: { when: "new.stage = 'reading' and new.pictures_to_recognise > old.pictures_to_recognise" },
  /** The last part of a text of several, the others of which are stored. */
  'last text part': { when: "old.stage = 'reading' and new.character_count > 250000" },
  reading: { when: "old.stage = 'reading' and new.stage = 'chunking'" },
  failing: { when: "new.stage = 'failed'" },
  /** More passages of a version of which some are stored. */
  'next passages': {
    when: "old.stage = 'chunking' and old.visibility = 'hidden' and new.attempts <= old.attempts",
    // A version that was cut off here has none any more when it starts over.
    onlyIf: 'exists (select from chunk where twin_id = new.twin_id and version_id = new.id)',
  },
  chunking: { when: "old.stage = 'chunking' and new.stage = 'embedding'" },
  /** More vectors of a version of which some are stored. */
  'next vectors': { when: 'old.chunks_embedded > 0 and new.chunks_embedded > old.chunks_embedded' },
  embedding: { when: "old.stage = 'embedding' and new.stage = 'publishing'" },
  publishing: { when: "old.stage = 'publishing' and new.stage = 'ready'" },
  /** The last statement of the transaction that publishes, before its commit. */
  published: { table: 'twin', when: 'new.corpus_version > old.corpus_version' },
};

/**
 * Longer than anybody takes to see it on a busy machine and to kill who waits. On a server a pause ends after the 30 s that
 * connections let a statement last, with an error after which the step is tried again: no statement can lift its own bound.
 */
const PAUSE_SECONDS = 60;
const marker = 'ingestion-is-paused-at ';

/**
 * Has the database stand still whenever a version comes to one of these points, and say so where a test can see it: a server
 * among its sessions, the embedded database, which answers nobody meanwhile, by a file in its folder.
 *
 * A server goes on with the statement of a client that was killed, and commits it. Here it looks whether the client is there, so
 * that a version stays where it was seen; connections opened from then on do so.
 */
export async function pauseIngestion({ db, home }: DatabaseHandle, points: readonly PausePoint[]): Promise<void> {
  const mark =
    home === 'embedded'
      ? `execute format('copy (select 1) to %L', current_setting('data_directory') || '/' || said);`
      : `perform set_config('application_name', said, false);`;
  if (home === 'server') {
    await sql`do $$ begin
      execute format('alter database %I set client_connection_check_interval = 10', current_database());
    end $$`.execute(db);
  }
  for (const point of points) {
    const { event = 'update', table = 'document_version', when, onlyIf = 'true' } = pauses[point];
    const name = sql.id(marker + point);
    await sql`create function ${name}() returns trigger language plpgsql as $$
      declare said text := ${sql.lit(marker + point)};
      begin
        if ${sql.raw(onlyIf)} then
          ${sql.raw(mark)}
          perform pg_sleep(${sql.lit(PAUSE_SECONDS)});
        end if;
        return new;
      end $$`.execute(db);
    await sql`create trigger ${name} before ${sql.raw(event)} on ${sql.table(table)} for each row when (${sql.raw(when)})
      execute function ${name}()`.execute(db);
  }
}

/** Takes a pause away again; on a server, once whatever stands in it has ended. */
export async function resumeIngestion({ db }: DatabaseHandle, point: PausePoint): Promise<void> {
  await sql`drop function ${sql.id(marker + point)}() cascade`.execute(db);
}

/** At which of these points the embedded database in this folder stands, or has stood. */
export function findPauseMark(dataDir: string, points: readonly PausePoint[]): PausePoint | undefined {
  return points.find((point) => existsSync(join(dataDir, 'postgres', marker + point)));
}

/** At which of these points a session of the server's database stands. */
export async function findPausedSession(db: Db, points: readonly PausePoint[]): Promise<PausePoint | undefined> {
  const { rows } = await sql<{ said: string }>`
    select application_name as said from pg_stat_activity
    where datname = current_database() and wait_event = 'PgSleep'`.execute(db);
  return points.find((point) => rows.some(({ said }) => said === marker + point));
}

/** Has every version wait in the queue: whoever takes one up is turned away, and comes again. */
export async function holdInQueue({ db }: DatabaseHandle): Promise<void> {
  await sql`create function hold_in_queue() returns trigger language plpgsql as $$
    begin
      raise exception 'held' using errcode = 'serialization_failure';
    end $$`.execute(db);
  await sql`create trigger hold_in_queue before update on document_version for each row
    when (old.stage = 'queued' and new.stage = 'reading') execute function hold_in_queue()`.execute(db);
}

export async function releaseFromQueue({ db }: DatabaseHandle): Promise<void> {
  await sql`drop function hold_in_queue() cascade`.execute(db);
}
