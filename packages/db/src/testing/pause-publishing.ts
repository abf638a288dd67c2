import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import type { DatabaseHandle } from '../client.ts';

/** Where the transaction that publishes a version stands still: at its first statement, or at its last one before the commit. */
export type PublishingStep = 'first' | 'last';

const pauses: Record<PublishingStep, { table: string; when: string }> = {
  first: { table: 'document_version', when: "new.stage = 'ready' and old.stage = 'publishing'" },
  last: { table: 'twin', when: 'new.corpus_version > old.corpus_version' },
};
const marker = 'publishing-is-paused';

/**
 * Has the database stand still for seconds within that statement, and say so where a test can see it: a server among its
 * sessions, the embedded database, which answers nobody meanwhile, by a file in its folder.
 */
export async function pausePublishing({ db, home }: DatabaseHandle, step: PublishingStep): Promise<void> {
  const { table, when } = pauses[step];
  const mark =
    home === 'embedded'
      ? `execute format('copy (select 1) to %L', current_setting('data_directory') || '/${marker}');`
      : '';
  await sql
    .raw(
      `create function pause_publishing() returns trigger language plpgsql as $$
      begin
        ${mark}
        perform pg_sleep(8);
        return new;
      end $$`,
    )
    .execute(db);
  await sql
    .raw(
      `create trigger pause_publishing before update on ${table} for each row when (${when})
       execute function pause_publishing()`,
    )
    .execute(db);
}

/** Takes the pause away again; on a server, once whatever stands in it has ended. */
export async function resumePublishing({ db }: DatabaseHandle): Promise<void> {
  await sql`drop function pause_publishing() cascade`.execute(db);
}

/** Resolves when the statement stands still. @param look of a server; the embedded database is seen by its folder alone. */
export async function untilPublishingPauses(
  dataDir: string,
  look: ((at: (database: DatabaseHandle) => Promise<boolean>) => Promise<boolean>) | undefined,
): Promise<void> {
  const isPaused = async () =>
    look === undefined
      ? existsSync(join(dataDir, 'postgres', marker))
      : await look(async ({ db }) => {
          const { rows } = await sql`
            select from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`.execute(db);
          return rows.length > 0;
        });
  while (!(await isPaused())) await delay(20);
}
