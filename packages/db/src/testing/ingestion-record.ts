import { statSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { DatabaseHandle } from '../client.ts';
import type { Db } from '../db.ts';
import type { IngestionStage } from '../schema.ts';

export interface IngestionStep {
  documentId: string;
  versionId: number;
  /** The same stage twice: it was taken up again. */
  from: IngestionStage;
  to: IngestionStage;
  /** The application name of the connection that took the step. */
  by: string;
}

/**
 * Has the database write down every step of every ingestion, in the transaction that takes it: what is in the record was
 * committed, once. The ends of stages take `drawnOutMs` longer, so that somebody who looks from outside finds documents in
 * each. Of documents whose id matches `heldAtPublishing`, the first try to publish fails as one of two transactions in each
 * other's way, so that they stand there until their job comes again: on the one connection of the embedded database nobody
 * would see it.
 *
 * A server goes on with the statement of a client that was killed, and commits it. Here it looks whether the client is there, so
 * that a document stays where it was seen; connections opened from then on do so. The embedded database, which answers nobody
 * while the end of a stage is drawn out, marks its folder then: see `isEndingStage`.
 */
export async function recordIngestion(
  { db, home }: Pick<DatabaseHandle, 'db' | 'home'>,
  { drawnOutMs = 0, heldAtPublishing = '^$' } = {},
): Promise<void> {
  if (home === 'server' && drawnOutMs > 0) {
    await sql`do $$ begin
      execute format('alter database %I set client_connection_check_interval = 10', current_database());
    end $$`.execute(db);
  }
  await sql`create table ingestion_step (id bigint generated always as identity primary key, document_id text not null,
    version_id bigint not null, from_stage text not null, to_stage text not null, by_application text not null)`.execute(
    db,
  );
  await sql
    .raw(
      `create function record_ingestion_step() returns trigger language plpgsql as $$
      begin
        if new.stage = 'ready' and old.waited_at is null and new.document_id ~ '${heldAtPublishing}' then
          raise exception 'held' using errcode = 'serialization_failure';
        end if;
        if new.stage <> old.stage and new.stage in ('chunking', 'embedding', 'ready') or new.chunks_embedded > old.chunks_embedded then
          ${home === 'embedded' && drawnOutMs > 0 ? markStage : ''}
          perform pg_sleep(${drawnOutMs / 1000});
        end if;
        if new.stage <> old.stage or new.attempts > old.attempts then
          insert into ingestion_step (document_id, version_id, from_stage, to_stage, by_application)
            values (new.document_id, new.id, old.stage, new.stage, current_setting('application_name'));
        end if;
        return new;
      end $$`,
    )
    .execute(db);
  await sql`create trigger record_ingestion_step before update on document_version for each row
    execute function record_ingestion_step()`.execute(db);
}

const markPrefix = 'ingestion-is-ending-';
const markStage = `execute format('copy (select 1) to %L', current_setting('data_directory') || '/${markPrefix}' || old.stage);`;

/** Whether the embedded database in this folder has begun to draw out the end of that stage, of any document, after `sinceMs` on the clock. */
export function isEndingStage(dataDir: string, stage: IngestionStage, sinceMs: number): boolean {
  const mark = statSync(join(dataDir, 'postgres', `${markPrefix}${stage}`), { throwIfNoEntry: false });
  return mark !== undefined && mark.mtimeMs > sinceMs;
}

/** Oldest first. */
export async function listIngestionSteps(db: Db): Promise<IngestionStep[]> {
  const { rows } = await sql<IngestionStep>`
    select document_id as "documentId", version_id as "versionId", from_stage as "from", to_stage as "to",
      by_application as by
    from ingestion_step order by id`.execute(db);
  return rows;
}
