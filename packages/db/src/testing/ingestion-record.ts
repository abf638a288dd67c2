import { sql } from 'kysely';
import type { Db } from '../db.ts';
import type { IngestionStage } from '../schema.ts';

export interface IngestionStep {
  documentId: string;
  versionId: number;
  /** The same stage twice: it was taken up again, or has got some of its vectors. */
  from: IngestionStage;
  to: IngestionStage;
  /** Vectors it had before and has since. */
  vectorsBefore: number;
  vectors: number;
  /** The application name of the connection that took the step. */
  by: string;
}

/**
 * Has the database write down every step of every ingestion, in the transaction that takes it: what is in the record was
 * committed, once.
 */
export async function recordIngestion(db: Db): Promise<void> {
  await sql`create table ingestion_step (id bigint generated always as identity primary key, document_id text not null,
    version_id bigint not null, from_stage text not null, to_stage text not null, vectors_before integer not null,
    vectors integer not null, by_application text not null)`.execute(db);
  await sql`create function record_ingestion_step() returns trigger language plpgsql as $$
    begin
      insert into ingestion_step (document_id, version_id, from_stage, to_stage, vectors_before, vectors, by_application)
        values (new.document_id, new.id, old.stage, new.stage, old.chunks_embedded, new.chunks_embedded,
          current_setting('application_name'));
      return new;
    end $$`.execute(db);
  await sql`create trigger record_ingestion_step before update on document_version for each row
    when (new.stage <> old.stage or new.attempts > old.attempts or new.chunks_embedded <> old.chunks_embedded)
    execute function record_ingestion_step()`.execute(db);
}

/** Oldest first. */
export async function listIngestionSteps(db: Db): Promise<IngestionStep[]> {
  const { rows } = await sql<IngestionStep>`
    select document_id as "documentId", version_id as "versionId", from_stage as "from", to_stage as "to",
      vectors_before as "vectorsBefore", vectors, by_application as by
    from ingestion_step order by id`.execute(db);
  return rows;
}
