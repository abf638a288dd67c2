import { type Selectable, sql } from 'kysely';
import type { Db, Tx } from '../db.ts';
import type { IngestionMetadataTable } from '../schema.ts';
import type { TwinScope } from '../scope.ts';
import { namedByText } from '../server/name-statements.ts';

/** What one ingest call did to one of its documents. */
export interface IngestedDocument {
  id: string;
  /** Absent once the document has been erased. */
  title?: string;
  outcome: string;
}

export interface IngestionRow extends Omit<Selectable<IngestionMetadataTable>, 'documents'> {
  documents: IngestedDocument[];
}

/** Records an ingest call for `keptDays` days. */
export async function insertIngestion(
  db: Db,
  scope: TwinScope,
  ingestion: { id: string; userId: string; documents: readonly IngestedDocument[]; keptDays: number },
): Promise<void> {
  await db
    .insertInto('ingestion_metadata')
    .values({
      twin_id: scope.twinId,
      id: ingestion.id,
      user_id: ingestion.userId,
      document_count: ingestion.documents.length,
      documents: JSON.stringify(ingestion.documents),
      expires_at: sql<Date>`(now() at time zone 'utc') + make_interval(days => ${ingestion.keptDays}::integer)`,
    })
    .modifyEnd(namedByText)
    .execute();
}

/** Keeps of these documents, in the records of all calls, nothing that they said: neither titles nor metadata. */
export async function eraseFromIngestions(tx: Tx, scope: TwinScope, documentIds: readonly string[]): Promise<void> {
  const isErased = sql`said.entry ->> 'id' = any (${[...documentIds]}::text[])`;
  await sql`
    update ingestion_metadata set documents = (
      select jsonb_agg(
        case when ${isErased} then said.entry - 'title' - 'metadata' else said.entry end order by said.place)
      from jsonb_array_elements(documents) with ordinality as said (entry, place)
    )
    where twin_id = ${scope.twinId}
      and exists (select from jsonb_array_elements(documents) as said (entry) where ${isErased})`.execute(tx);
}

/** Where a page of the calls ends. */
export interface IngestionPosition {
  /** When the call came, to the microsecond. */
  position: string;
  id: string;
}

/** Newest first, without those that have expired; those after a position, when one is given. */
export async function listIngestions(
  db: Db,
  scope: TwinScope,
  limit: number,
  after?: IngestionPosition,
): Promise<(IngestionRow & IngestionPosition)[]> {
  const isBehind =
    after === undefined
      ? sql<boolean>`true`
      : sql<boolean>`(created_at < ${after.position}::timestamptz
          or (created_at = ${after.position}::timestamptz and id > ${after.id}))`;
  const rows = await db
    .selectFrom('ingestion_metadata')
    .selectAll()
    .select(sql<string>`created_at::text`.as('position'))
    .where(isBehind)
    .where('twin_id', '=', scope.twinId)
    .where('expires_at', '>', sql<Date>`now() at time zone 'utc'`)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, documents: row.documents as IngestedDocument[] }));
}
